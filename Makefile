# umask: plugins that others can write are refused, whatever the user's habit.
# A thin door to CMake. `make demo` and `make test` install what they lack, build, and run.
SHELL := /bin/sh
DEMO ?= demo
JOBS := $(shell nproc 2>/dev/null || echo 2)

.PHONY: build demo test test-all bench bench-read bench-points bench-france bench-travel bench-workers bench-isolation valgrind install clean format

build:
	@tools/packages build
	@umask 022 && cmake --preset release -Wno-dev >build-release.log 2>&1 || { cat build-release.log; exit 1; }
	@rm -f build-release.log
	@umask 022 && cmake --build --preset release --target program

demo: build
	@echo "Making a synthetic territory and running the whole pipeline on it..."
	@build/release/bin/bassin demo -o $(DEMO)

test:
	@tools/packages test
	@umask 022 && cmake --preset dev -Wno-dev >build-dev.log 2>&1 || { cat build-dev.log; exit 1; }
	@rm -f build-dev.log
	@umask 022 && cmake --build --preset dev
	@ctest --preset dev -j $(JOBS) -LE 'external|browser|gis|parquet|bench'

test-all:
	@tools/packages all
	@tests/parquet/get
	@umask 022 && cmake --preset dev -Wno-dev >build-dev.log 2>&1 || { cat build-dev.log; exit 1; }
	@rm -f build-dev.log
	@umask 022 && cmake --build --preset dev
	@ctest --preset dev -j $(JOBS) -LE bench

bench: build
	@tests/bench/run

bench-read: build
	@cmake --build --preset release --target bench_read_groups
	@tests/bench/read

bench-points: build
	@cmake --build --preset release --target bench_points
	@tests/bench/points

bench-france: build
	@cmake --build --preset release --target bench_france_data
	@tests/bench/france

bench-travel: build
	@cmake --build --preset release --target bench_travel network_methods
	@tests/bench/travel

bench-workers: build
	@cmake --build --preset release --target bench_workers
	@build/release/bin/bench_workers

bench-isolation: build
	@umask 022 && cmake --build --preset release --target bench_isolation
	@build/release/bin/bench_isolation

valgrind:
	@tools/packages all
	@umask 022 && cmake --preset valgrind -Wno-dev >build-valgrind.log 2>&1 || { cat build-valgrind.log; exit 1; }
	@rm -f build-valgrind.log
	@umask 022 && cmake --build --preset valgrind --target program test_plugin_foreign_fr_test_foreign \
	  test_plugin_tables_fr_test_areas test_plugin_conform_fr_test_none
	@tests/valgrind/run build/valgrind

install: build
	@cmake --install build/release

format:
	@git ls-files '*.c' '*.h' | xargs clang-format-14 -i

clean:
	@rm -rf build
