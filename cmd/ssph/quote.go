package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// quoteCommand prices a request from the published price list. Its fields are text, so that each refusal is a sentence of ours.
type quoteCommand struct {
	Route    string `required:"" help:"open-access, bespoke or one-to-one."`
	Format   string `required:"" help:"face-to-face or online."`
	People   string `required:"" help:"How many people."`
	Discount string `name:"discount-percent" default:"0" help:"A discount in percent, with at most three decimals."`
	On       string `help:"The day whose prices count, like 2027-01-14 or '14 January 2027'. Today when left out."`
	JSON     bool   `help:"Answer for programs."`
}

// priced is the answer for programs. Money is in pence.
type priced struct {
	Route           string `json:"route"`
	Format          string `json:"format"`
	People          int    `json:"people"`
	DiscountPercent string `json:"discount_percent"`
	On              string `json:"on"`
	DiscountPence   int64  `json:"discount_pence"`
	NetPence        int64  `json:"net_pence"`
	VATPence        int64  `json:"vat_pence"`
	GrossPence      int64  `json:"gross_pence"`
}

// Run prices the request. A request that the Hub does not sell is misuse, with the sentence that says what to do instead.
func (q quoteCommand) Run(out output) error {
	req, on, err := q.parse(models.DateOf(models.SystemClock{}.Now()))
	if err != nil {
		return err
	}
	sum, err := billing.Published().Quote(req, on)
	if err != nil {
		return asMisuse(err)
	}
	if !q.JSON {
		return printSum(out, sum)
	}
	encoder := json.NewEncoder(out.results)
	encoder.SetIndent("", "  ")
	return encoder.Encode(priced{
		Route: string(req.Route), Format: string(req.Format), People: req.People, DiscountPercent: req.Discount.Decimal(), On: on.ISO(),
		DiscountPence: int64(sum.Discount), NetPence: int64(sum.Net), VATPence: int64(sum.VAT), GrossPence: int64(sum.Gross),
	})
}

func (q quoteCommand) parse(today models.Date) (req billing.QuoteRequest, on models.Date, err error) {
	if req.Route, err = models.ParseRoute(q.Route); err != nil {
		return req, on, err
	}
	if req.Format, err = models.ParseFormat(q.Format); err != nil {
		return req, on, err
	}
	if req.People, err = strconv.Atoi(q.People); err != nil {
		return req, on, models.Invalid("people", "Enter how many people as a whole number, like 3")
	}
	if req.Discount, err = models.ParsePercent(q.Discount); err != nil {
		return req, on, err
	}
	if on = today; q.On != "" {
		on, err = parseDay(q.On)
	}
	return req, on, err
}

// parseDay reads a day as programs write it or as the program itself does: 2027-01-14 or 14 January 2027.
func parseDay(text string) (models.Date, error) {
	if day, err := time.Parse("2 January 2006", strings.Join(strings.Fields(text), " ")); err == nil {
		return models.ParseDate(day.Format(time.DateOnly))
	}
	return models.ParseDate(text)
}

// asMisuse makes "there is no price for that day" misuse, too: the person chose the day.
func asMisuse(err error) error {
	if models.KindOf(err) == models.KindNotFound {
		return models.Invalid("on", "There is no price for that day").Because(err)
	}
	return err
}

func printSum(out output, sum billing.Sum) error {
	for _, l := range sum.Lines {
		if _, err := fmt.Fprintf(out.results, "%s: %s\n", l.Text, l.Base); err != nil {
			return err
		}
	}
	if sum.Discount > 0 {
		if _, err := fmt.Fprintf(out.results, "Discount: %s\n", -sum.Discount); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out.results, "Net: %s\nVAT: %s\nTotal with VAT: %s\n", sum.Net, sum.VAT, sum.Gross)
	return err
}
