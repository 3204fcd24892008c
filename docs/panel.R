# From a CSV export to a panel of dyads and a plot, in base R.
#
#   turnstone code examples -o record
#   turnstone export record --format csv -o events.csv
#   Rscript docs/panel.R events.csv panel.csv panel.pdf
#
# Writes panel.csv (a row for each pair of countries and month in which something happened between them: counts by quad
# class and the mean score) and draws the events of each month.

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 3) stop("give the CSV export, the panel to write, and the plot to write (pdf)")

events <- read.csv(arguments[1], encoding = "UTF-8", na.strings = "")
for (day in c("first_day", "last_day", "published")) events[[day]] <- as.Date(events[[day]])

# Only what happened, and of which the month is known.
month <- format(events$first_day, "%Y-%m")
events <- events[events$status == "happened" & month == format(events$last_day, "%Y-%m"), ]

# Participants stand in one cell, with "; " between them, in the same order in all columns of their role. The space keeps
# an empty one at the end from being dropped.
several <- function(cell) if (is.na(cell)) character(0) else trimws(strsplit(paste0(cell, " "), ";", fixed = TRUE)[[1]])

pairs <- do.call(rbind, lapply(seq_len(nrow(events)), function(n) {
  actors <- unique(several(events$actor_countries[n]))
  recipients <- unique(several(events$recipient_countries[n]))
  found <- expand.grid(actor = actors[actors != ""], recipient = recipients[recipients != ""], stringsAsFactors = FALSE)
  found <- found[found$actor != found$recipient, ]
  if (nrow(found) == 0) return(NULL)
  cbind(found, month = format(events$first_day[n], "%Y-%m"), quad = events$quad[n], score = events$score[n])
}))
if (is.null(pairs)) pairs <- data.frame(actor = character(0), recipient = character(0), month = character(0),
                                        quad = integer(0), score = numeric(0))

pairs$dyad <- paste(pairs$actor, pairs$recipient, sep = "-")
panel <- data.frame()
for (part in split(pairs, list(pairs$dyad, pairs$month), drop = TRUE)) {
  counts <- table(factor(part$quad, levels = 1:4))
  panel <- rbind(panel, data.frame(
    actor = part$actor[1], recipient = part$recipient[1], month = part$month[1],
    verbal_cooperation = counts[[1]], material_cooperation = counts[[2]],
    verbal_conflict = counts[[3]], material_conflict = counts[[4]], mean_score = round(mean(part$score), 3)))
}
write.csv(panel, arguments[2], row.names = FALSE)

pdf(arguments[3], width = 9, height = 4)
counts <- table(factor(events$quad, levels = 1:4), format(events$first_day, "%Y-%m"))
barplot(counts, col = c("#7fb3e0", "#1f6fb2", "#eeb08d", "#c0392b"), las = 2, ylab = "events",
        main = "Events that happened, by month", border = NA,
        legend.text = c("verbal cooperation", "material cooperation", "verbal conflict", "material conflict"))
invisible(dev.off())
cat(nrow(events), "events,", nrow(panel), "rows of the panel\n")
