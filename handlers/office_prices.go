package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

const officePricesURL = "/office/prices"

// tariffKinds names the kinds of entries in addresses.
func tariffKinds() map[billing.TariffKind]string {
	return map[billing.TariffKind]string{
		billing.KindPrice: "price", billing.KindVAT: "vat", billing.KindLadder: "terms", billing.KindSupplier: "supplier",
		billing.KindSetting: "figure",
	}
}

// officePricesRoutes are the pages on which the office enters prices, VAT, terms, who sells and other figures.
func (s *Site) officePricesRoutes() []Route {
	all := []Route{{Method: http.MethodGet, Path: officePricesURL, Rule: Office, Handle: s.officePrices}}
	add := func(path string, show, enter echo.HandlerFunc) {
		all = append(all, Route{Method: http.MethodGet, Path: officePricesURL + path, Rule: Office, Handle: show},
			Route{Method: http.MethodPost, Path: officePricesURL + path, Rule: Office, Handle: enter})
	}
	add("/price", s.tariffPrice, s.tariffPriceEnter)
	add("/vat", s.tariffVAT, s.tariffVATEnter)
	add("/terms", s.tariffTerms, s.tariffTermsEnter)
	add("/supplier", s.tariffSupplier, s.tariffSupplierEnter)
	add("/figure", s.tariffFigure, s.tariffFigureEnter)
	for kind, name := range tariffKinds() {
		add("/"+name+"/:entry/withdraw", s.tariffWithdrawAsk(kind), s.tariffWithdraw(kind))
	}
	return all
}

func withdrawURL(kind billing.TariffKind, id int64) string {
	return officePricesURL + "/" + tariffKinds()[kind] + "/" + strconv.FormatInt(id, 10) + "/withdraw"
}

// officePrices shows every figure the Hub sells by: what counts today, what is to come, and who entered what.
func (s *Site) officePrices(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	book, err := billing.ReadTariffBook(ctx, s.db, actor)
	if err != nil {
		return err
	}
	today := s.db.Today()
	rate, err := book.VATOn(today)
	if err != nil {
		return err
	}
	page := templates.OfficePricesPage{
		Page: s.officePage(c, "Prices and terms", "prices"), Prices: priceRows(book, rate.VATRate, today),
		VAT: vatPanel(book, rate, today), Terms: termsPanel(book, today), Supplier: supplierPanel(book, today),
		Series: seriesRows(book), Figures: figureRows(book, today),
	}
	events, err := billing.TariffHistory(ctx, s.db, actor)
	if err != nil {
		return err
	}
	page.History = tariffHistory(events)
	return s.render(c, http.StatusOK, "office-prices", page)
}

// tariffHistory is who entered and took back what, the newest first.
func tariffHistory(events []access.Event) []templates.HistoryRow {
	rows := make([]templates.HistoryRow, len(events))
	for i, e := range events {
		rows[len(events)-1-i] = templates.HistoryRow{At: e.At, What: tariffEvent(e), Who: eventActor(e)}
	}
	return rows
}

// coming are the entries of a kind that match and whose day is to come, each in the words given.
func coming[E any](entries []E, kind billing.TariffKind, today models.Date, read func(E) (id int64, from models.Date, words string)) []templates.TariffComing {
	var rows []templates.TariffComing
	for _, e := range entries {
		id, from, words := read(e)
		if words != "" && today.Before(from) {
			rows = append(rows, templates.TariffComing{Words: words, From: from, WithdrawURL: withdrawURL(kind, id)})
		}
	}
	return rows
}
