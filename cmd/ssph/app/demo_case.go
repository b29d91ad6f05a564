package app

import (
	"context"
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// seedCase tells of Hannah Whitworth's work with an invented person, from the first call to an agreed plan, so that every page of the
// tool has something on it. Each step happens at its own instant, through the use case of its page. The case has a reference and no
// name.
func seedCase(ctx context.Context, tx models.DB, cases tool.Desk) error {
	if err := seedContacts(ctx, tx, cases); err != nil {
		return fmt.Errorf("contacts: %w", err)
	}
	person, err := access.DemonstrationPerson(ctx, tx, "Hannah Whitworth", "hannah.whitworth@quaysprimarycare.example")
	if err != nil {
		return err
	}
	first := next(tx.Today().AddDays(-24), time.Tuesday) // well after the day on which she was trained
	s := story{ctx: ctx, tx: tx.At(first.At(9, 10)), cases: cases}
	if s.who, err = access.ActorFor(ctx, tx, person.ID); err != nil {
		return err
	}
	s.id, err = cases.NewCase(ctx, s.tx, s.who, tool.NewCase{Reference: "QPC-0147", Demonstration: true})
	if err != nil {
		return err
	}
	for _, chapter := range []struct {
		day          int
		hour, minute int
		tell         func(*story) error
	}{
		{1, 11, 5, (*story).called},
		{2, 14, 0, (*story).talked},
		{2, 14, 50, (*story).noticed},
		{3, 10, 20, (*story).acted},
		{7, 15, 0, (*story).understood},
		{8, 9, 30, (*story).advised},
		{9, 10, 0, (*story).compared},
		{9, 10, 40, (*story).planned},
		{10, 12, 15, (*story).introduced},
	} {
		s.tx = tx.At(first.AddDays(chapter.day).At(chapter.hour, chapter.minute))
		if err := chapter.tell(&s); err != nil {
			return fmt.Errorf("case, day %d at %d:%02d: %w", chapter.day, chapter.hour, chapter.minute, err)
		}
	}
	return nil
}

// seedContacts enters the local numbers of Hannah's organisation, as its manager. Nobody can have these numbers: they are kept free
// for plays.
func seedContacts(ctx context.Context, tx models.DB, cases tool.Desk) error {
	helen, err := access.DemonstrationPerson(ctx, tx, quaysCare().person, quaysCare().email)
	if err != nil {
		return err
	}
	manager, err := access.ActorFor(ctx, tx, helen.ID)
	if err != nil || len(manager.Organisations) == 0 {
		return fmt.Errorf("%s manages nothing: %w", helen.Name, err)
	}
	whose := tool.Party{OrganisationID: &manager.Organisations[0].OrganisationID}
	return cases.EnterContacts(ctx, tx.At(tx.Today().AddDays(-30).At(16, 0)), manager, whose, []tool.SafetyContact{
		{Code: "duty-lead", Name: "Ruth Adair, duty lead", Number: "0161 496 0101"},
		{Code: "safeguarding-adults", Name: "Marcus Bell, safeguarding lead", Number: "0161 496 0102"},
		{Code: "safeguarding-children", Name: "Marcus Bell, safeguarding lead", Number: "0161 496 0102"},
	})
}

// story is one case in the hands of one person at one instant.
type story struct {
	ctx   context.Context
	tx    models.DB
	cases tool.Desk
	who   access.Actor
	id    int64
	ideas []int64
}

func (s *story) move(to tool.State, reason string) error {
	return s.cases.Move(s.ctx, s.tx, s.who, s.id, tool.Move{To: to, Reason: reason, Agreed: true})
}

func (s *story) called() error { return s.move(tool.Contacting, "Referred by the practice nurse") }

func (s *story) talked() error {
	for _, section := range s.cases.Pack.Sections {
		for _, statement := range section.Statements {
			if err := s.cases.Tick(s.ctx, s.tx, s.who, s.id, statement.Code, true); err != nil {
				return err
			}
		}
	}
	if err := s.move(tool.Conversing, ""); err != nil {
		return err
	}
	for _, note := range theNotes() {
		if _, err := s.cases.SaveNote(s.ctx, s.tx, s.who, s.id, note); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) noticed() error {
	_, err := s.cases.Notice(s.ctx, s.tx, s.who, s.id, tool.Noticing{
		Code: "A-FALL", Seen: "Slipped on the stairs twice since the operation, and keeps to the ground floor when alone",
	})
	return err
}

func (s *story) acted() error {
	opened, err := s.cases.Open(s.ctx, s.tx, s.who, s.id)
	if err != nil {
		return err
	}
	return s.cases.RecordAction(s.ctx, s.tx, s.who, s.id, opened.Flags[0].ID, tool.FlagAction{
		Done: "Rang the practice and asked for a falls check", Spoke: "Practice physiotherapist", Reference: "Call of 10:15am",
		Outcome: "Seen the same week; a rail for the stairs is on its way", ToldPerson: true, PersonConsent: true, Closes: true,
	})
}

func (s *story) understood() error {
	if err := s.move(tool.Analysing, "Enough to go on with"); err != nil {
		return err
	}
	for _, code := range theFactors() {
		if err := s.cases.Answer(s.ctx, s.tx, s.who, s.id, code.code, code.answer); err != nil {
			return err
		}
	}
	if err := s.move(tool.Deciding, "We both think the picture is right"); err != nil {
		return err
	}
	return s.cases.Decide(s.ctx, s.tx, s.who, s.id, tool.Decision{
		Code: "D2", Outcome: "advice", Known: tool.Yes, Worse: tool.No, Agrees: tool.Yes, Noticed: "Two slips on the stairs",
		Reason: "Anything on his feet should wait for the physiotherapist’s word",
	})
}

func (s *story) advised() error {
	if err := s.move(tool.Deciding, "The physiotherapist rang back"); err != nil {
		return err
	}
	return s.cases.Decide(s.ctx, s.tx, s.who, s.id, tool.Decision{
		Code: "D1", Outcome: "advice", Known: tool.Yes, Worse: tool.No, Agrees: tool.Yes, Noticed: "Two slips on the stairs",
		Reason: "Standing work with a chair near by is fine; no ladders", Adviser: "Practice physiotherapist", Advised: "Sit every half hour", AdviceOn: s.tx.Today(),
	})
}

func (s *story) compared() error {
	for _, idea := range theIdeas() {
		id, err := s.cases.AddCandidate(s.ctx, s.tx, s.who, s.id, idea.Candidate)
		if err != nil {
			return err
		}
		if err := s.cases.Rate(s.ctx, s.tx, s.who, s.id, id, idea.ratings()); err != nil {
			return err
		}
		s.ideas = append(s.ideas, id)
	}
	if err := s.cases.Choose(s.ctx, s.tx, s.who, s.id, tool.Choosing{CandidateID: s.ideas[0], Accept: true}); err != nil {
		return err
	}
	return s.move(tool.Planning, "")
}

func (s *story) planned() error {
	review := next(s.tx.Today().AddDays(28), time.Tuesday)
	plan, err := s.cases.SavePlan(s.ctx, s.tx, s.who, s.id, tool.PlanSave{ReviewOn: review, PlanText: thePlan(s.ideas[0])})
	if err != nil {
		return err
	}
	return s.cases.Agree(s.ctx, s.tx, s.who, s.id, tool.Agreement{No: plan.No, Version: plan.Version, With: tool.WithPerson, Copy: tool.CopyPaper})
}

func (s *story) introduced() error { return s.move(tool.Introduced, "Maureen showed us the workshop") }
