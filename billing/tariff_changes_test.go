package billing

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"pgregory.net/rapid"
)

// anyTariff is the published one with a price, a VAT row and terms of its own.
func anyTariff(t *rapid.T) Tariff {
	tariff := Published()
	way := rapid.SampledFrom(soldWays()).Draw(t, "way")
	way.Net, way.From = models.Pence(rapid.Int64Range(1, 300000).Draw(t, "net")), on.AddDays(rapid.IntRange(-3, 3).Draw(t, "days"))
	tariff.Prices = append(tariff.Prices, way)
	rate := VATRate{Category: StandardRated, Rate: models.Percent(rapid.Int64Range(1, 100000).Draw(t, "rate")), From: on.AddDays(rapid.IntRange(-3, 3).Draw(t, "day"))}
	tariff.VAT = append(tariff.VAT, rate)
	tariff.Ladder = Ladder{{14, 0}, {0, models.Percent(rapid.Int64Range(0, 100000).Draw(t, "fee"))}}
	return tariff
}

// What is shown before an entry is what is sold afterwards: the figures are those of the quote. Nothing changes against itself,
// and the way back is the way there turned round.
func TestWhatChanges_SaysWhatTheQuoteSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now, then := anyTariff(t), anyTariff(t)
		there, err := WhatChanges(now, then, on)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range there.Prices {
			people := map[Route]int{OpenAccess: 1, OneToOne: 1, Bespoke: 12}[p.Route]
			req := QuoteRequest{Route: p.Route, Format: p.Format, People: people}
			before, errBefore := now.Quote(req, on)
			after, errAfter := then.Quote(req, on)
			if errBefore != nil || errAfter != nil || before.Amount() != p.Before || after.Amount() != p.After {
				t.Fatalf("%+v, but quoted %+v and %+v", p, before.Amount(), after.Amount())
			}
		}
		if itself, err := WhatChanges(now, now, on); err != nil || !itself.None() || len(itself.Happens) != 0 {
			t.Fatalf("nothing changes, but %+v, %v", itself, err)
		}
		back, err := WhatChanges(then, now, on)
		if err != nil || len(back.Prices) != len(there.Prices) || len(back.Values) != len(there.Values) {
			t.Fatalf("%+v there, %+v back, %v", there, back, err)
		}
		for i, p := range there.Prices {
			if back.Prices[i].Before != p.After || back.Prices[i].After != p.Before {
				t.Fatalf("%+v there, %+v back", p, back.Prices[i])
			}
		}
	})
}

func TestWhatChanges_SaysWhatStaysAsItIs(t *testing.T) {
	now, then := Published(), Published()
	then.Prices = append(then.Prices, Price{Route: Bespoke, Format: Online, Unit: PerGroup, Net: 250000, From: on})
	then.VAT = append(then.VAT, VATRate{Category: StandardRated, Rate: 22500, From: on})
	then.Ladder = Ladder{{Days: 0, Fee: 25000}}
	then.Limits.OpenAccessMax = 8
	c, err := WhatChanges(now, then, on)
	if err != nil || len(c.Prices) != 6 || len(c.Values) != 3 {
		t.Fatalf("%+v, %v", c, err)
	}
	said := strings.Join(c.Happens, "\n")
	for _, want := range []string{
		"A booking keeps the price of the day on which it was begun, and a quote the price it was made with.",
		"what is paid or invoiced before 23 November 2026 comes under “VAT at 20%”, whenever the training is.",
		"a credit note has the VAT of its invoice", "Bookings already made keep theirs.", "Bookings already made keep their places and their price.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if _, err := WhatChanges(Tariff{}, then, on); models.KindOf(err) != models.KindInternal {
		t.Errorf("VAT was guessed: %v", err)
	}
}

func TestLadder_WordsSayEveryStep(t *testing.T) {
	for want, l := range map[string]Ladder{
		"50% on any day or for a no-show":                                               {{0, 50000}},
		"nothing at 1 day or more, 100% later or for a no-show":                         {{1, 0}, {0, 100000}},
		"nothing at 3 days or more, 10% at 2 days, 100% later or for a no-show":         {{3, 0}, {2, 10000}, {0, 100000}},
		"nothing at 28 days or more, 50% at 14 to 27 days, 100% later or for a no-show": Published().Ladder,
	} {
		if got := l.Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
