# The same in R, beside the descriptor of ../python with program: [Rscript, two_functions.R]
read <- function(name) read.csv(file.path("in", paste0(name, ".csv")), na.strings = "",
                                colClasses = "character", encoding = "UTF-8")
write <- function(table, name) write.csv(table, file.path("out", paste0(name, ".csv")), na = "",
                                         row.names = FALSE, quote = TRUE, fileEncoding = "UTF-8")

parameters <- read("parameters")
limit <- as.numeric(parameters$value[parameters$id == "limit"])
venues <- read("venues")
costs <- read("costs")
places <- read("places")

functions <- paste0("function_", letters[1:8])
offer <- vapply(venues[functions], function(x) !is.na(x) & as.numeric(x) > 0, logical(nrow(venues)))
offer <- matrix(offer & venues$open == "1", ncol = 8)
costs <- costs[as.numeric(costs$minutes) <= limit, ]
reach <- matrix(FALSE, nrow(places), 8)
for (f in 1:8) {
  near <- costs$place[costs$venue %in% venues$id[offer[, f]]]
  reach[, f] <- places$code %in% near
}

known <- places$travel == "present"
count <- ifelse(known, rowSums(reach), NA)
two <- ifelse(count >= 2, 1, 0)
write(data.frame(code = places$code, two = two), "places")

population <- as.numeric(places$population)
counted <- known & places$kept == "1" & !is.na(population)
residents <- sum(population[counted])
share <- if (residents > 0) 100 * sum(population[counted] * two[counted]) / residents else "///"
write(data.frame(name = "share", title_fr = "Habitants qui atteignent deux fonctions différentes",
                 title_en = "Residents who reach two different functions", unit = "%",
                 value = share, low = NA, high = NA, decimals = 1), "totals")
