package handlers_test

import (
	"net/http"
	"testing"

	"hub.salford.ac.uk/ssph/handlers/handlerstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestCancelling_ShowsTheTermsInForceToday(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		page := w.Browser().Get("/cancelling").Must(http.StatusOK)
		page.Shows("main tbody tr:nth-child(1)", "28 days or more before the first day Nothing")
		page.Shows("main tbody tr:nth-child(2)", "14 to 27 days before the first day 50% of the price")
		page.Shows("main tbody tr:nth-child(3)", "Under 14 days before the first day, or if nobody comes 100% of the price")

		w.InTx(func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec(`INSERT INTO ladders (name, steps, effective_from) VALUES
				('Free', '[{"days":0,"percent":"0"}]', '2026-11-23'), ('Tomorrow', '[{"days":0,"percent":"100"}]', '2026-11-24')`).Error
		})
		page = w.Browser().Get("/cancelling").Must(http.StatusOK)
		page.Shows("main tbody tr:nth-child(1)", "Any day, or if nobody comes Nothing")
	})
}

func TestPlainPages_SayOnlyWhatIsTrueOfTheMode(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		demo, real := handlerstest.Open(t, db, clock), handlerstest.Open(t, db, clock, handlerstest.Production)
		demo.Browser().Get("/privacy").Must(http.StatusOK).Shows("main", "test payments")
		real.Browser().Get("/privacy").Must(http.StatusOK).Shows("main", "Stripe")
		demo.Browser().Get("/accessibility").Must(http.StatusOK).Shows("main h1", "Accessibility")
		if !demo.Browser().Get("/privacy").Has(".ssph-demo") || real.Browser().Get("/privacy").Has(".ssph-demo") {
			t.Error("the demonstration notice stands where it should not, or is missing")
		}
	})
}

func TestFooter_SpeaksOfTheAccreditationOnlyInsideItsDates(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		w := handlerstest.Open(t, db, clock)
		const words = "accredited by the Personalised Care Institute until 31 August 2027"
		w.Browser().Get("/privacy").Shows("footer", words)
		last := models.Date{Year: 2027, Month: 8, Day: 31}
		clock.Set(last.At(23, 59))
		w.Browser().Get("/privacy").Shows("footer", words)
		clock.Set(last.AddDays(1).At(0, 0))
		if page := w.Browser().Get("/privacy"); page.Has("footer") && containsWord(page.Text("footer"), "accredited") {
			t.Errorf("after its dates the footer says: %s", page.Text("footer"))
		}
	})
}
