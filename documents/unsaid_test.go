package documents_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/documents"
)

// What a document says is found, however it was drawn; what it does not say is listed as it was asked for.
func TestUnsaid_ListsWhatADocumentDoesNotSay(t *testing.T) {
	t.Parallel()
	long := onAccount()
	long.Customer.Name = strings.Repeat("The Irwell (Wellbeing) \\ Network ", 6) + strings.Repeat("W", 90)
	odd := onAccount()
	odd.Customer.Name = "Zoë 王芳 🙂 & Łukasiewicz"
	for name, i := range map[string]documents.Invoice{
		"on account": onAccount(), "paid": paidByCard(), "credit note": credited(), "replacing": replacing(), "a long name": long, "letters without a shape": odd,
	} {
		missing, err := documents.Unsaid(mustPDF(t, i), i.Number, i.Customer.Name, i.Total.String())
		if err != nil || len(missing) != 0 {
			t.Errorf("%s: %q, %v", name, missing, err)
		}
	}
	asked := []string{"INV-000437", "INV-000438", "Irwell Wellbeing Network", "Irwell Wellbeing Trust", "£820.80", "£820.81"}
	missing, err := documents.Unsaid(mustPDF(t, onAccount()), asked...)
	if want := []string{"INV-000438", "Irwell Wellbeing Trust", "£820.81"}; err != nil || !slices.Equal(missing, want) {
		t.Errorf("%q, %v, want %q", missing, err, want)
	}
}

func TestUnsaid_WhatIsNoneOfOursIsNotRead(t *testing.T) {
	t.Parallel()
	pdf := mustPDF(t, onAccount())
	for name, file := range map[string][]byte{
		"nothing": nil, "a page of text": []byte("stream\nINV-000437 BDC\n(INV-000437) Tj"), "its first half": pdf[:bytes.Index(pdf, []byte("stream\n"))+20],
	} {
		if missing, err := documents.Unsaid(file, "INV-000437"); !errors.Is(err, documents.ErrUnread) {
			t.Errorf("%s: %q, %v", name, missing, err)
		}
	}
}

func FuzzUnsaid(f *testing.F) {
	pdf, err := documents.InvoicePDF(onAccount())
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range [][]byte{pdf, pdf[:len(pdf)/2], []byte("stream\n"), nil} {
		f.Add(file, "INV-000437")
	}
	f.Fuzz(func(t *testing.T, file []byte, text string) {
		missing, err := documents.Unsaid(file, text, "")
		if err != nil && missing != nil || len(missing) > 1 || slices.Contains(missing, "") && text != "" {
			t.Errorf("%q, %v", missing, err)
		}
	})
}
