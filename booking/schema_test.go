package booking

import (
	"slices"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRows_AreTheColumnsTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, &bookingRow{}, &placeRow{}, &cancellationRow{}, &quoteRow{}, &quoteAnswerRow{}, &doorRow{})
	})
}

func TestStatus_OnlyTheseMoves(t *testing.T) {
	all := []Status{Held, Confirmed, Expired, Cancelled}
	allowed := []string{
		"held confirmed", "held expired", "held cancelled", "expired held", "expired confirmed", "confirmed cancelled",
	}
	for _, from := range all {
		for _, to := range all {
			if want := slices.Contains(allowed, string(from+" "+to)); from.CanBecome(to) != want {
				t.Errorf("%s to %s: %v, want %v", from, to, !want, want)
			}
		}
	}
}

func TestPlaceStatus_OnlyTheseMoves(t *testing.T) {
	all := []PlaceStatus{PlaceHeld, PlaceConfirmed, PlaceReleased, PlaceCancelled}
	allowed := []string{
		"held confirmed", "held released", "held cancelled", "released held", "released confirmed", "confirmed cancelled",
	}
	for _, from := range all {
		for _, to := range all {
			if want := slices.Contains(allowed, string(from+" "+to)); from.CanBecome(to) != want {
				t.Errorf("%s to %s: %v, want %v", from, to, !want, want)
			}
		}
	}
}

func TestParseReference_TakesOnlyOurOwnForm(t *testing.T) {
	for text, want := range map[string]int64{"BK-00012": 12, " bk-01882 ": 1882, "BK-1234567": 1234567} {
		if got, err := ParseReference(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "BK-", "BK-12", "12", "BK--0012", "BK-+0012", "BK-00000", "BK-99999999999999999999", "BK-0001a", "INV-00012"} {
		if got, err := ParseReference(text); models.KindOf(err) != models.KindNotFound {
			t.Errorf("%q was taken for %d: %v", text, got, err)
		}
	}
}

func FuzzParseReference(f *testing.F) {
	f.Add("BK-01882")
	f.Fuzz(func(t *testing.T, text string) {
		if id, err := ParseReference(text); err == nil {
			if again, err := ParseReference(Booking{ID: id}.Reference()); err != nil || again != id {
				t.Errorf("%q became %d, then %d: %v", text, id, again, err)
			}
		}
	})
}

func TestDetails_EachFaultStandsBesideItsField(t *testing.T) {
	good := Details{
		Name: "Priya Nair", Email: "priya@irwell.example", Organisation: "Irwell Wellbeing Network", Line1: "14 Quay Street", Town: "Salford",
		Postcode: "m500aa", Country: "GB", PurchaseOrder: " IWN-20417 ",
	}
	tidy, problems := good.tidied(Organisation)
	if len(problems) > 0 || tidy.Postcode != "M50 0AA" || tidy.PurchaseOrder != "IWN-20417" {
		t.Fatalf("%+v %v", tidy, problems)
	}
	for field, spoil := range map[string]func(*Details){
		"name":          func(d *Details) { d.Name = " " },
		"email":         func(d *Details) { d.Email = "priya.irwell.example" },
		"organisation":  func(d *Details) { d.Organisation = "索尔福德" }, // has no shape in our font, so an invoice could not name it
		"line1":         func(d *Details) { d.Line1 = "" },
		"town":          func(d *Details) { d.Town = "" },
		"postcode":      func(d *Details) { d.Postcode = "SALFORD" },
		"country":       func(d *Details) { d.Country = "other" },
		"invoice-email": func(d *Details) { d.InvoiceEmail = "accounts" },
	} {
		d := good
		spoil(&d)
		if _, problems := d.tidied(Organisation); len(problems) != 1 || problems.For(field) == "" {
			t.Errorf("%s: %v", field, problems)
		}
	}
	alone := good
	alone.Organisation = ""
	if tidy, problems := alone.tidied(Individual); len(problems) > 0 || tidy.PurchaseOrder != "" {
		t.Errorf("%+v %v", tidy, problems)
	}
}
