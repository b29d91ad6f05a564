package handlers

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// safetyTyped is what was typed on the page about staying safe and could not be kept.
type safetyTyped struct {
	note     typedNote
	flags    []string
	seen     string
	request  string // the form's key
	actionOn int64
	action   templates.FlagForm
	problems models.Problems
}

// safety is the part of the conversation that may come at any moment, with what was noticed and what to do.
func (s *Site) safety(c echo.Context) error {
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	return s.showSafety(c, opened, safetyTyped{})
}

func (s *Site) showSafety(c echo.Context, opened tool.Case, typed safetyTyped) error {
	url := caseURL(opened.ID)
	page := templates.SafetyPage{
		Heading: "Staying safe and well", Purpose: "To notice what needs other help", Kinds: flagLevels(opened.Pack, typed.flags), Seen: typed.seen,
		Request: either(typed.request, access.NewSecret()), NoticeURL: url + "/flags", DecideURL: url + "/decision", Decisions: decisionLines(opened),
	}
	for _, section := range opened.Pack.Sections {
		if !section.AnyTime {
			continue
		}
		page.Heading, page.Purpose = section.Label, section.Purpose
		for _, p := range section.Prompts {
			page.Prompts = append(page.Prompts, promptView(c, opened, templates.PromptView{Code: p.Code, Text: p.Text, Help: p.Help}, typed.note))
		}
		page.Prompts = append(page.Prompts, promptView(c, opened, templates.PromptView{Code: section.Code, Text: "Anything else in this part"}, typed.note))
	}
	page.ToolFrame = s.caseFrame(c, page.Heading, partTalk, opened)
	page.Problems = typed.problems
	for i := len(opened.Flags) - 1; i >= 0; i-- {
		page.Noticed = append(page.Noticed, s.flagCard(opened, opened.Flags[i], typed))
	}
	// A closed case still takes what was noticed.
	page.Case.MayWrite = opened.MayWrite
	return s.render(c, statusFor(typed.problems), "tool-safety", page)
}

// levelWords is how soon a flag of a level must be acted on.
func levelWords(level tool.Level) string {
	switch level {
	case tool.Red:
		return "Act now"
	case tool.Amber:
		return "Ask for advice within days"
	case tool.Basic:
	}
	return "Practical needs"
}

// flagLevels are the flags of a pack by level. The red ones stand open, and each level in which something was chosen.
func flagLevels(pack tool.Pack, chosen []string) []templates.FlagLevel {
	var levels []templates.FlagLevel
	for _, level := range []tool.Level{tool.Red, tool.Amber, tool.Basic} {
		one := templates.FlagLevel{Key: string(level), Label: levelWords(level), Open: level == tool.Red}
		for _, kind := range pack.Flags {
			if kind.Level != level {
				continue
			}
			option := templates.FlagOption{Code: kind.Code, Noticed: kind.Noticed, Chosen: slices.Contains(chosen, kind.Code)}
			one.Kinds, one.Open = append(one.Kinds, option), one.Open || option.Chosen
		}
		levels = append(levels, one)
	}
	return levels
}

func flagTag(level tool.Level) templates.Tag {
	switch level {
	case tool.Red:
		return templates.Tag{Look: templates.TagStop, Word: "Act now"}
	case tool.Amber:
		return templates.Tag{Look: templates.TagWait, Word: "Ask for advice"}
	case tool.Basic:
	}
	return templates.Tag{Look: templates.TagInfo, Word: "Practical need"}
}

// flagCard is what was noticed with its action card.
func (s *Site) flagCard(opened tool.Case, flag tool.Flag, typed safetyTyped) templates.FlagCard {
	kind, _ := opened.Pack.Flag(flag.Code)
	card := templates.FlagCard{
		ID: flag.ID, Level: flagTag(flag.Level), Noticed: kind.Noticed, Seen: flag.Seen, When: models.When(flag.NoticedAt) + " by " + opened.Names[flag.NoticedBy], Do: kind.Card.Do,
		By: kind.Card.By.Words(), Overdue: flag.Overdue(s.db.Now()), Open: flag.Open(), URL: caseURL(opened.ID) + "/flags/" + strconv.FormatInt(flag.ID, 10),
	}
	for _, word := range kind.Card.Record {
		card.Record = append(card.Record, lowerWord(word))
	}
	var contacts []tool.Contact
	for _, code := range kind.Card.Contacts {
		if contact, ok := opened.Crisis.Contact(code); ok {
			contacts = append(contacts, contact)
		}
	}
	card.Contacts = crisisPanel(contacts)
	for _, a := range flag.Actions {
		card.Actions = append(card.Actions, flagDone(opened, a))
	}
	card.Form.Show = flag.RedWaits()
	if typed.actionOn == flag.ID {
		card.Form = typed.action
	}
	return card
}

func flagDone(opened tool.Case, a tool.FlagAction) templates.FlagDone {
	done := templates.FlagDone{When: "Recorded on " + models.When(a.At) + " by " + opened.Names[a.By], Lines: []string{a.Done}}
	for _, part := range []struct{ label, text string }{{"Spoke to", a.Spoke}, {"Reference", a.Reference}, {"Outcome", a.Outcome}} {
		if part.text != "" {
			done.Lines = append(done.Lines, part.label+": "+part.text)
		}
	}
	var also []string
	for _, part := range []struct {
		said bool
		text string
	}{{a.ToldPerson, "the person was told"}, {a.PersonConsent, "the person agreed"}, {a.Closes, "nothing more is to be done"}} {
		if part.said {
			also = append(also, part.text)
		}
	}
	if len(also) > 0 {
		done.Lines = append(done.Lines, sentenceCase(strings.Join(also, ", "))+".")
	}
	return done
}

// noticeFlag keeps what was noticed and shows its card.
func (s *Site) noticeFlag(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	again := safetyTyped{flags: typed["flag"], seen: lines(typed, "seen"), request: requestIn(typed)}
	var first int64
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) (err error) {
		first, err = s.notice(ctx, tx, actor, id, again)
		return err
	})
	switch {
	case err != nil:
		return s.safetyAgain(c, again, err)
	case len(again.flags) > 1:
		return s.done(c, fmt.Sprintf("%s/safety#flag-%d", caseURL(id), first), "Recorded. Now do what the cards say")
	}
	return s.done(c, fmt.Sprintf("%s/safety#flag-%d", caseURL(id), first), "Recorded. Now do what the card says")
}

// requestIn is the key of a form of ours; of any other there is none.
func requestIn(typed url.Values) string {
	if key := typed.Get("request"); len(key) == secretLength {
		return key
	}
	return ""
}

// notice keeps everything that was ticked, with the same words, and returns the first of it in the order of the pack: the most urgent.
func (s *Site) notice(ctx context.Context, tx models.DB, actor access.Actor, caseID int64, typed safetyTyped) (first int64, err error) {
	opened, err := s.cases.Open(ctx, tx, actor, caseID)
	if err != nil {
		return 0, err
	}
	var wrong models.Problems
	unknown := func(code string) bool { _, ok := opened.Pack.Flag(code); return !ok }
	if len(typed.flags) == 0 || slices.ContainsFunc(typed.flags, unknown) {
		wrong.Add("flag", "Choose what was seen or said")
	}
	if typed.seen == "" {
		wrong.Add("seen", "Write what was seen or said")
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	for _, kind := range slices.Backward(opened.Pack.Flags) {
		if !slices.Contains(typed.flags, kind.Code) {
			continue
		}
		if first, err = s.cases.Notice(ctx, tx, actor, caseID, tool.Noticing{Code: kind.Code, Seen: typed.seen, RequestKey: typed.request}); err != nil {
			return 0, err
		}
	}
	return first, nil
}

func (s *Site) safetyAgain(c echo.Context, again safetyTyped, cause error) error {
	problems, err := told(cause)
	if err != nil {
		return err
	}
	opened, err := s.openedCase(c)
	if err != nil {
		return err
	}
	again.problems = problems
	return s.showSafety(c, opened, again)
}

// recordFlagAction keeps what was done about a flag.
func (s *Site) recordFlagAction(c echo.Context) error {
	typed, err := posted(c)
	if err != nil {
		return err
	}
	flagID, err := number(c, "flag")
	if err != nil {
		return err
	}
	at := "-" + strconv.FormatInt(flagID, 10)
	form := templates.FlagForm{
		Show: true, Done: lines(typed, "done"+at), Spoke: line(typed, "spoke"+at), Ref: line(typed, "ref"+at), Outcome: line(typed, "outcome"+at),
		ToldPerson: ticked(typed, "told"+at), PersonAgreed: ticked(typed, "agreed"+at), Ends: ticked(typed, "ends"+at),
	}
	id, err := s.inCase(c, func(ctx context.Context, tx models.DB, actor access.Actor, id int64) error {
		return s.cases.RecordAction(ctx, tx, actor, id, flagID, tool.FlagAction{
			Done: form.Done, Spoke: form.Spoke, Reference: form.Ref, Outcome: form.Outcome, ToldPerson: form.ToldPerson, PersonConsent: form.PersonAgreed, Closes: form.Ends,
		})
	})
	if err == nil {
		return s.done(c, caseURL(id)+"/safety#flag"+at, "What was done is recorded")
	}
	if problems := models.ProblemsOf(err); len(problems) > 0 {
		var moved models.Problems
		for _, p := range problems {
			moved.Add(strings.Replace(p.Field, "reference", "ref", 1)+at, "%s", p.Msg)
		}
		err = moved.Err()
	}
	return s.safetyAgain(c, safetyTyped{actionOn: flagID, action: form}, err)
}
