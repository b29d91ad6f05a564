package stripedouble

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

//go:embed dashboard.html
var dashboardHTML string

// dashboard is what its page shows: what has been paid, the latest first.
type dashboard struct {
	Wrong string // what was pressed and could not be done
	About string // the page it was about
	Typed string // the amount typed there
	Sales []sale
}

// dashboardSales is how many payments the page shows.
const dashboardSales = 50

// sale is one payment on the dashboard.
type sale struct {
	ID        string // of its page
	Reference string
	Email     string
	When      string
	Total     models.Pence
	Left      models.Pence // not refunded yet
	Waiting   bool         // finished, and the money is not there yet
	Refunds   []Returned
	Dispute   *dispute
}

// Asked is what the dispute is about, for the page.
func (x *dispute) Asked() models.Pence { return models.Pence(x.Amount) }

func (d *Double) sales() []sale {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.endDue()
	var out []sale
	for _, s := range slices.Backward(d.state.Sessions) {
		p := d.state.payment(s.Payment)
		if s.Status != "complete" || p == nil || p.Status == "requires_payment_method" || len(out) == dashboardSales {
			continue
		}
		one := sale{
			ID: s.ID, Reference: s.Reference, Email: s.Email, When: models.When(time.Unix(p.Charged, 0)), Total: models.Pence(p.Amount),
			Left: models.Pence(p.received() - p.Refunded), Waiting: p.Status == "processing",
		}
		for _, r := range d.state.Refunds {
			if r.Payment == p.ID {
				one.Refunds = append(one.Refunds, Returned{r.ID, models.Pence(r.Amount), r.Status, r.Metadata})
			}
		}
		if x := d.disputeOf(p); x != nil {
			copied := *x
			one.Dispute = &copied
		}
		out = append(out, one)
	}
	return out
}

func (d *Double) showDashboard(w http.ResponseWriter, _ *http.Request) {
	d.drawDashboard(w, http.StatusOK, dashboard{Sales: d.sales()})
}

func (d *Double) drawDashboard(w http.ResponseWriter, status int, v dashboard) {
	t, err := template.New("dashboard").Parse(dashboardHTML)
	var out bytes.Buffer
	if err == nil {
		err = t.Execute(&out, v)
	}
	if err != nil {
		d.options.Log.Error("test payments dashboard", "error", err)
		http.Error(w, "The test payments could not be drawn.", http.StatusInternalServerError)
		return
	}
	protect(w, view{})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w)
}

// acted does what was pressed on the dashboard, or shows it again with the reason why not.
func (d *Double) acted(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	about, typed := r.PostFormValue("about"), r.PostFormValue("amount")
	if err := d.act(r.PostFormValue("press"), about, r.PostFormValue("id"), typed); err != nil {
		d.drawDashboard(w, http.StatusUnprocessableEntity, dashboard{Wrong: strings.TrimSuffix(err.Error(), "."), About: about, Typed: typed, Sales: d.sales()})
		return
	}
	w.Header().Set("Location", "dashboard#"+about)
	w.WriteHeader(http.StatusSeeOther)
}

// act presses a button: about is the payment page it belongs to, id the refund or dispute, typed an amount in pounds.
func (d *Double) act(press, about, id, typed string) error {
	switch press {
	case "refund":
		amount, err := amountOf(typed)
		if err != nil {
			return err
		}
		return d.RefundDirectly(about, amount)
	case "dispute", "inquiry":
		amount, err := amountOf(typed)
		if err == nil {
			_, err = d.OpenDispute(about, amount, "fraudulent", press == "inquiry")
		}
		return err
	case "take":
		return d.TakeFunds(id)
	case "won", "lost":
		return d.CloseDispute(id, press == "won")
	case "arrived", "bounced":
		return d.Arrive(about, press == "arrived")
	case "sent", "returned":
		return d.SettleRefund(id, press == "sent")
	}
	return errors.New("there is no such button")
}

// amountOf reads pounds as typed.
func amountOf(typed string) (models.Pence, error) {
	amount, err := models.ParsePence(typed)
	if err != nil || amount < 1 {
		return 0, fmt.Errorf("enter an amount in pounds, like 27.36, not %q", typed)
	}
	return amount, nil
}
