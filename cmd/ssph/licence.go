package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
)

// licenceCommand answers questions about licences.
type licenceCommand struct {
	Dates licenceDates `cmd:"" help:"Work out when a licence ends. Needs no database and writes nothing."`
}

// licenceDates lists the periods of a licence. Its fields are text, so that each refusal is a sentence of ours.
type licenceDates struct {
	From     string `required:"" help:"The day on which the licence begins, like 2028-02-29."`
	Renewals string `default:"0" help:"How often it is renewed on time, a year each."`
	JSON     bool   `help:"Answer for programs."`
}

// mostRenewals and the years of a first day keep every date within four figures.
const (
	mostRenewals = 100
	earliestYear = 1900
	latestYear   = 2999
)

// periodDates is one period for programs: both days are London days and inclusive, and ends_at is the instant after, in UTC.
type periodDates struct {
	Period   int    `json:"period"`
	StartsOn string `json:"starts_on"`
	LastDay  string `json:"last_day"`
	EndsAt   string `json:"ends_at"`
}

// Run prints the periods, the first and one for each renewal.
func (c licenceDates) Run(out output) error {
	from, renewals, err := c.parse()
	if err != nil {
		return err
	}
	periods := licensing.Chain(from, renewals)
	if !c.JSON {
		for _, p := range periods {
			if _, err := fmt.Fprintf(out.results, "%s to the end of %s\n", p.StartsOn, p.LastDay); err != nil {
				return err
			}
		}
		return nil
	}
	answer := make([]periodDates, 0, len(periods))
	for _, p := range periods {
		answer = append(answer, periodDates{
			Period: p.No, StartsOn: p.StartsOn.ISO(), LastDay: p.LastDay.ISO(), EndsAt: licensing.EndsAt(p.LastDay).Format(time.RFC3339),
		})
	}
	encoder := json.NewEncoder(out.results)
	encoder.SetIndent("", "  ")
	return encoder.Encode(answer)
}

func (c licenceDates) parse() (from models.Date, renewals int, err error) {
	if from, err = models.ParseDate(c.From); err != nil {
		return from, 0, models.Invalid("from", "Enter the first day as a real date, like 2028-02-29").Because(err)
	}
	if from.Year < earliestYear || from.Year > latestYear {
		return from, 0, models.Invalid("from", "Enter a first day from %d to %d", earliestYear, latestYear)
	}
	renewals, err = strconv.Atoi(c.Renewals)
	if err != nil || renewals < 0 || renewals > mostRenewals {
		return from, 0, models.Invalid("renewals", "Enter how often it is renewed as a whole number from 0 to %d", mostRenewals)
	}
	return from, renewals, nil
}
