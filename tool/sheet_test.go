package tool

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// samsCase is a case with an agreed plan, as the design shows it.
func samsCase(t *testing.T) Case {
	t.Helper()
	three, seven := 3, 7
	c := Case{Reference: "IWN-0147", Name: "Sam", Pack: starter(t), Crisis: starter(t).PanelOf(Party{}, []SafetyContact{{Code: "safeguarding-adults", Name: "Mary Holt", Number: "0161 496 0123"}}), Candidates: []Candidate{option("Repair workshop", workshop())}}
	text := PlanText{
		WhatMatters: "I want to feel useful again.", Strengths: "Fixing and making\nThirty years a fitter\n\n", Needs: "Knee: stairs", Access: "Quiet rooms",
		Goals:   []Goal{{Hope: "Be at the workshop most Thursdays", Start: &three, Sure: &seven}},
		Actions: []PlanAction{{What: "Ring Maureen", Who: "Hannah", When: "By 27 November", Where: "Phone", Candidate: c.Candidates[0].ID}},
		IfHard:  []IfThen{{If: "the room feels too full", Then: "I sit by the door"}}, Trigger: "I stop going out", Should: "Pete rings me",
		FitWhy: "It means a lot to me", ReviewHow: "11am, by phone", Responsible: "Hannah",
	}
	if err := text.addFits(c.Pack, c); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	c.Plan = &Plan{
		No: 1, Version: 2, Status: PlanAgreed, ReviewOn: models.Date{Year: 2026, Month: 12, Day: 8}, AgreedWith: WithPerson, CopyGiven: CopyPaper,
		WrittenAt: day, AgreedAt: day, PlanText: text,
	}
	return c
}

func TestSheet_IsThePlanInThePersonsWords(t *testing.T) {
	sheet, err := samsCase(t).Sheet("Hannah Whitworth, link worker")
	if err != nil {
		t.Fatal(err)
	}
	if sheet.Fit == nil || sheet.Fit.Band != "Good, 65" || sheet.Fit.Weakest != documents.PersonEnvironment || sheet.Fit.Apart[0] < 1.331 || sheet.Fit.Apart[0] > 1.333 {
		t.Errorf("%+v", sheet.Fit)
	}
	if len(sheet.Strengths) != 2 || len(sheet.BearInMind) != 2 || len(sheet.IfHard) != 2 || *sheet.Goals[0].Sure != 7 || sheet.ReviewHow != "11am, by phone, arranged by Hannah" {
		t.Errorf("%+v", sheet)
	}
	if len(sheet.Crisis) != 4 || sheet.Crisis[3] != (documents.CrisisContact{Number: "0161 496 0123", For: "adult safeguarding"}) || sheet.Crisis[1] != (documents.CrisisContact{Number: "NHS 111 option 2", For: "mental health crisis"}) || !strings.HasPrefix(sheet.Notice, "Starter content") {
		t.Errorf("%+v, %q", sheet.Crisis, sheet.Notice)
	}
	pdf, err := documents.PlanPDF(sheet)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
	if _, err := (Case{}).Sheet(""); models.KindOf(err) != models.KindNotFound {
		t.Errorf("a sheet without a plan: %v", err)
	}
}

// A blocked or half known activity has no figure, so the plan shows no picture of it.
func TestSheet_NoFigureNoPicture(t *testing.T) {
	c := samsCase(t)
	c.Plan.Actions[0].Fit.Ratings = workshop().with("EO3", 0)
	if sheet, err := c.Sheet(""); err != nil || sheet.Fit != nil {
		t.Errorf("%+v, %v", sheet.Fit, err)
	}
}

func TestExport_IsAFileAnybodyCanRead(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		id := r.fill(t)
		var body []byte
		r.must(t, func(tx models.DB) (err error) { body, err = r.desk.Export(t.Context(), tx, r.hannah, id); return err })
		var file struct {
			Format     string
			Notes      map[string][]struct{ Text, Mark string }
			Candidates []struct {
				Ratings map[string]struct{ Answer, Planned int }
			}
			Decisions []map[string]any
			Plan      map[string]any
			Events    []map[string]any
		}
		if err := json.Unmarshal(body, &file); err != nil {
			t.Fatal(err)
		}
		if file.Format != "ssph-case/1" || len(file.Notes["P1"]) != 2 || file.Candidates[0].Ratings["PE2"].Answer != 1 || file.Plan["what_matters"] == "" || len(file.Events) != 8 {
			t.Errorf("%s", body)
		}
		if _, there := file.Decisions[0]["advice_on"]; there {
			t.Errorf("a day that is none: %v", file.Decisions[0])
		}
	})
}
