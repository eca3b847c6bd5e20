// The weights of a census detail file grouped by home and work commune, by DuckDB: one engine of tests/bench/read.
// Prints "seconds cpu_seconds groups sum peak_kib".   usage: node read_duckdb.mjs MODULES FILE THREADS [OUT.csv]
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const [modules, file, threads, out] = process.argv.slice(2);
const {DuckDBInstance} = createRequire(path.join(path.resolve(modules), 'x.js'))('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:', {threads})).connect();

// The columns are told, so that nothing is guessed twice.
const start = Buffer.alloc(4096);
fs.readSync(fs.openSync(file), start, 0, start.length, 0);
const names = start.toString('latin1').split('\n')[0].trim().split(';');
const columns = names.map((n) => `'${n}': '${n === 'IPONDI' ? 'DOUBLE' : 'VARCHAR'}'`).join(', ');
const rows = `read_csv('${file}', delim=';', header=true, auto_detect=false, columns={${columns}})`;

const before = process.cpuUsage(), from = process.hrtime.bigint();
await connection.run(`CREATE TABLE groups AS SELECT COMMUNE AS o, DCLT AS j, sum(IPONDI) AS workers FROM ${rows} GROUP BY o, j`);
const wall = Number(process.hrtime.bigint() - from) / 1e9, used = process.cpuUsage(before);
const peak = process.resourceUsage().maxRSS;

const total = (await connection.runAndReadAll('SELECT count(*), sum(workers) FROM groups')).getRows()[0];
console.log(`${wall.toFixed(3)} ${((used.user + used.system) / 1e6).toFixed(3)} ${total[0]} ${Number(total[1]).toFixed(6)} ${peak}`);
if (out) await connection.run(`COPY (SELECT * FROM groups ORDER BY o, j) TO '${out}' (DELIMITER ';', HEADER)`);
