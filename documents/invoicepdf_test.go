package documents_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

var update = flag.Bool("update", false, "write the golden files anew; look at the difference before keeping it")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestInvoicePDF_ReadsInOrderWithHeadingsListsAndTables(t *testing.T) {
	t.Parallel()
	for name, i := range map[string]documents.Invoice{
		"invoice-on-account.txt": onAccount(), "invoice-paid.txt": paidByCard(), "credit-note.txt": credited(), "invoice-replacing.txt": replacing(),
	} {
		golden(t, name, read(t, mustPDF(t, i)).outline(t))
	}
}

func TestInvoicePDF_CarriesEveryFieldTheLawAsksFor(t *testing.T) {
	t.Parallel()
	i := onAccount()
	i.TaxPoint, i.CashDiscount = date(2026, 11, 20), 2500
	i.Customer.VATNumber = "GB 111 1111 11"
	text := read(t, mustPDF(t, i)).text(t)
	for _, field := range []string{
		"INV-000437", "Tax point", "20 November 2026", "Invoice date", "23 November 2026", "University of Salford",
		"The Crescent, Salford M5 4WT", "GB 000 0000 00", "Irwell Wellbeing Network", "14 Quay Street", "Salford M50 0AA",
		"Social Prescribing Tool training, face to face, with one-year licence", "TD 3\n", "TD £228.00\n", "TD 20%\n",
		"TD £684.00\n", "Total before VAT", "LBody £684.00", "2.5%", "Standard, 20%", "TD £136.80\n", "LBody £136.80", "£820.80",
		"IWN-20417", "BK-01882", "23 December 2026", "00-00-00 (demonstration)", "00000000 (demonstration)",
		"Tom Ashworth, Grace Okafor, 1 person to name", "GB 111 1111 11",
	} {
		if !strings.Contains(text, field) {
			t.Errorf("the PDF does not say %q", field)
		}
	}
}

func TestInvoicePDF_SaysLanguageTitleAndThatItIsTagged(t *testing.T) {
	t.Parallel()
	pdf := mustPDF(t, onAccount())
	r := read(t, pdf)
	root := r.root(t)
	if got := fmt.Sprint(root["Lang"]); !strings.Contains(got, "en-GB") {
		t.Errorf("Lang is %s", got)
	}
	if got := r.dict(t, root["MarkInfo"])["Marked"]; got != types.Boolean(true) {
		t.Errorf("Marked is %v", got)
	}
	if got := r.dict(t, root["ViewerPreferences"])["DisplayDocTitle"]; got != types.Boolean(true) {
		t.Errorf("DisplayDocTitle is %v", got)
	}
	if r.ctx.Title != "VAT invoice INV-000437" {
		t.Errorf("title is %q", r.ctx.Title)
	}
	if r.stray != "" {
		t.Errorf("text without a tag: %q", r.stray)
	}
}

// The parent tree is the way back from a page to its elements: every piece of content must have its place in it.
func TestInvoicePDF_EveryPieceOfContentLeadsBackToItsElement(t *testing.T) {
	t.Parallel()
	r := read(t, mustPDF(t, crowded()))
	nums := r.array(t, r.dict(t, r.dict(t, r.root(t)["StructTreeRoot"])["ParentTree"])["Nums"])
	if len(nums) != 2*len(r.marked) {
		t.Fatalf("%d entries for %d pages", len(nums), len(r.marked))
	}
	for page, marked := range r.marked {
		if owners := r.array(t, nums[2*page+1]); len(owners) != len(marked) {
			t.Errorf("page %d has %d pieces and %d owners", page+1, len(marked), len(owners))
		}
	}
}

func TestInvoicePDF_SameInvoiceSameBytes(t *testing.T) {
	t.Parallel()
	for _, i := range []documents.Invoice{onAccount(), crowded()} {
		want := mustPDF(t, i)
		for range 8 {
			if !bytes.Equal(want, mustPDF(t, i)) {
				t.Fatal("the same invoice gave other bytes")
			}
		}
	}
}

func TestInvoicePDF_LongInvoiceRepeatsHeadsCountsPagesAndKeepsRowsWhole(t *testing.T) {
	t.Parallel()
	i := crowded()
	r := read(t, mustPDF(t, i))
	pages := len(r.marked)
	if pages < 2 {
		t.Fatal("five groups of 15 people fit on one page")
	}
	for n, unread := range r.unread {
		if want := fmt.Sprintf("Page %d of %d", n+1, pages); !strings.Contains(unread, want) {
			t.Errorf("page %d does not say %q", n+1, want)
		}
		lines := strings.Count(strings.Join(mapValues(r.marked[n]), ""), "face to face, with one-year licences")
		if n > 0 && lines > 0 && !strings.Contains(unread, "Unit price") {
			t.Errorf("page %d has lines and no table head", n+1)
		}
	}
	for group := 1; group <= 5; group++ {
		first, last := fmt.Sprintf("Person 01 of group %d ", group), fmt.Sprintf("Person 15 of group %d ", group)
		for n, marked := range r.marked {
			all := strings.Join(mapValues(marked), "")
			if strings.Contains(all, first) != strings.Contains(all, last) {
				t.Errorf("the row of group %d is split on page %d", group, n+1)
			}
		}
		if !strings.Contains(r.text(t), last) {
			t.Errorf("group %d has lost its last person", group)
		}
	}
	if !strings.Contains(r.text(t), i.Customer.Name) {
		t.Error("the customer's long name is not whole")
	}
}

func mapValues(m map[int]string) []string {
	var all []string
	for n := range len(m) {
		all = append(all, m[n])
	}
	return all
}

func TestInvoicePDF_RowLongerThanAPageGoesOnAndLosesNothing(t *testing.T) {
	t.Parallel()
	i := onAccount()
	for n := range 120 {
		i.Lines[0].Details = append(i.Lines[0].Details, fmt.Sprintf("Note %d.", n))
	}
	text := read(t, mustPDF(t, i)).text(t)
	for n := range 120 {
		if !strings.Contains(text, fmt.Sprintf("Note %d.", n)) {
			t.Errorf("note %d is lost", n)
		}
	}
	if strings.Count(text, "TD £228.00") != 1 {
		t.Error("the row is there more than once")
	}
}

func TestInvoicePDF_StrangeTextNeverBreaksTheFile(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Zoë Łukasiewicz":                  "Zoë Łukasiewicz",
		"Ελένη Παπαδοπούλου":               "Ελένη Παπαδοπούλου",
		"Наталія Шевченко":                 "Наталія Шевченко",
		"Nguyễn Thị Hương":                 "Nguyễn Thị Hương",
		"Ada 🎉 Lovelace":                   "Ada Lovelace",
		"王小明":                              "□□□",
		"Bob\x00\x07\r\n(Tj) ET\\ EMC":     "Bob (Tj) ET\\ EMC",
		"/P BMC << >> endobj":              "/P BMC << >> endobj",
		"broken \xff\xc3 bytes":            "broken bytes",
		"\u202eevil\u202c \u200bzero":      "evil zero",
		strings.Repeat("W", 300):           "WWWWWWWWWW",
		"0 0 Td (x) Tj /Type /Page\n%%EOF": "0 0 Td (x) Tj /Type /Page %%EOF",
	} {
		i := onAccount()
		i.Customer.Name, i.Lines[0].Details = name, []string{name}
		i.PurchaseOrder, i.Customer.Attention = name, name
		r := read(t, mustPDF(t, i))
		if got := r.text(t); !strings.Contains(got, "H2 "+want) {
			t.Errorf("%q is not read as %q:\n%s", name, want, got)
		}
		if r.stray != "" {
			t.Errorf("%q: text without a tag: %q", name, r.stray)
		}
	}
}

func TestInvoicePDF_RefusesWhatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*documents.Invoice){
		"total a penny off":    func(i *documents.Invoice) { i.Total++ },
		"VAT a penny off":      func(i *documents.Invoice) { i.VAT--; i.Total-- },
		"line a penny off":     func(i *documents.Invoice) { i.Lines[0].Net++ },
		"line of another rate": func(i *documents.Invoice) { i.Lines[0].Rate = 5000 },
		"no number":            func(i *documents.Invoice) { i.Number = "" },
		"no issue date":        func(i *documents.Invoice) { i.IssueDate = models.Date{} },
		"no tax point":         func(i *documents.Invoice) { i.TaxPoint = models.Date{} },
		"no due date":          func(i *documents.Invoice) { i.DueDate = models.Date{} },
		"no lines":             func(i *documents.Invoice) { i.Lines = nil },
		"no customer":          func(i *documents.Invoice) { i.Customer.Name = "" },
		"no address":           func(i *documents.Invoice) { i.Customer.Address = nil },
		"VAT without a number": func(i *documents.Invoice) { i.Supplier.VATNumber = "" },
		"paid more than owed": func(i *documents.Invoice) {
			i.Paid = documents.Payment{Method: documents.ByCard, On: i.IssueDate, Amount: 82081}
		},
		"payment without a date": func(i *documents.Invoice) { i.Paid = documents.Payment{Method: documents.ByCard, Amount: 1} },
		"credit of nothing":      func(i *documents.Invoice) { i.Kind = documents.KindCreditNote },
		"more back than credited": func(i *documents.Invoice) {
			*i = credited()
			i.Back[0].Amount++
		},
		"unknown kind": func(i *documents.Invoice) { i.Kind = "receipt" },
		"exempt with VAT": func(i *documents.Invoice) {
			i.VATGroups[0].Category = documents.Exempt
			i.Lines[0].Category = documents.Exempt
		},
	} {
		i := onAccount()
		spoil(&i)
		if _, err := documents.InvoicePDF(i); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func BenchmarkInvoicePDF(b *testing.B) {
	i := onAccount()
	for b.Loop() {
		mustPDF(b, i)
	}
}
