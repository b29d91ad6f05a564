package handlers

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/templates"
	"hub.salford.ac.uk/ssph/tool"
)

// circleSize is the radius of a circle in the picture of a fit.
const circleSize = 94

// fitPicture turns the picture's geometry into what the page draws.
func fitPicture(pack tool.Pack, fit tool.Fit) templates.FitPicture {
	pic := pack.FitPicture(fit, circleSize)
	var circles [3]templates.CircleAt
	for n, one := range pic.Circles {
		circles[n] = templates.CircleAt{Key: string(one.Domain), Label: circleWords(one.Domain), X: one.Centre.X, Y: one.Centre.Y}
	}
	var lenses [3]templates.LensAt
	for n, one := range pic.Lenses {
		lenses[n] = templates.LensAt{
			Score: lensScore(pack, fit, one), Lines: pairLines(one.Pair), Path: one.Path, Weakest: one.Weakest && pic.WeakestDashed, Grey: one.Unsaid,
			MidX: one.Centre.X, MidY: one.Centre.Y, TopX: one.Top.X, TopY: one.Top.Y, BottomX: one.Bottom.X, BottomY: one.Bottom.Y,
		}
	}
	return templates.NewFitPicture(pic.R, circles, lenses, pic.Alternative, pic.Uncertain)
}

func circleWords(d tool.Domain) string {
	switch d {
	case tool.Person:
		return "Person"
	case tool.Environment:
		return "Environment"
	case tool.Occupation:
	}
	return "Occupation"
}

func pairLines(p tool.Pair) []string {
	switch p {
	case tool.PE:
		return []string{"Person and environment"}
	case tool.PO:
		return []string{"Person and", "occupation"}
	case tool.EO:
	}
	return []string{"Environment", "and occupation"}
}

// lensScore is the pair's figure as it stands in the picture: 56, 44–61, blocked, or a question mark.
func lensScore(pack tool.Pack, fit tool.Fit, lens tool.Lens) string {
	pair := fit.Pair(lens.Pair)
	switch {
	case blockedPair(pack, fit, lens.Pair):
		return "0"
	case pair.NotEnough:
		return "?"
	case pair.Low != pair.High:
		return fmt.Sprintf("%d–%d", pair.Low.Percent(), pair.High.Percent())
	}
	return strconv.Itoa(pair.Low.Percent())
}

func blockedPair(pack tool.Pack, fit tool.Fit, pair tool.Pair) bool {
	for _, code := range fit.BlockedBy {
		if item, _ := pack.Item(code); item.Pair == pair {
			return true
		}
	}
	return false
}

func fitCaption(fit tool.Fit) string {
	said := "The more two circles overlap, the better that pair fits."
	if fit.Blocked() {
		said += " Where something blocks it, the circles only touch."
	}
	if !fit.Known() {
		said += " Broken circles: some answers are not known, and the picture shows the low end."
	}
	if fit.Weakest != "" && !fit.Blocked() && fit.Pair(fit.Weakest).Low > 0 {
		said += " The dashed part is the weakest pair. It counts most."
	}
	return said
}

// workedOut says how the figure comes about, step by step.
func workedOut(pack tool.Pack, fit tool.Fit) []string {
	var parts []string
	for _, one := range fit.Pairs {
		parts = append(parts, fmt.Sprintf("%s %s", strings.ToLower(one.Pair.Label()), pairFigure(one)))
	}
	bands := make([]string, 0, len(pack.Bands))
	for _, b := range pack.Bands {
		bands = append(bands, fmt.Sprintf("%s from %d", b.Label, b.From))
	}
	return []string{
		"Each pair has four questions, answered 0 to 4. A pair’s figure is what its answers reach out of 16, in per cent: " + strings.Join(parts, ", ") + ".",
		"The whole is half the weakest pair and half the mean of the three, rounded only here: a weak link counts more than a strong one makes up for.",
		"An answer of 0 blocks it until something is changed. “Don’t know” is counted as 0 for the low end and as 4 for the high end.",
		"Bands: " + strings.Join(bands, ", ") + ".",
	}
}

func pairFigure(one tool.PairFit) string {
	switch {
	case one.NotEnough:
		return "not known yet"
	case one.Low != one.High:
		return fmt.Sprintf("%d to %d", one.Low.Percent(), one.High.Percent())
	}
	return strconv.Itoa(one.Low.Percent())
}

func pairPanels(pack tool.Pack, idea tool.Candidate, fit tool.Fit) []templates.PairPanel {
	panels := make([]templates.PairPanel, 0, len(fit.Pairs))
	for _, one := range fit.Pairs {
		panel := templates.PairPanel{Label: one.Pair.Label(), Figure: pairFigure(one), Weakest: fit.Weakest == one.Pair}
		switch {
		case blockedPair(pack, fit, one.Pair):
			panel.Figure, panel.Word = "Blocked", ""
		case one.NotEnough:
			panel.Figure, panel.Word = "?", "Not enough known yet"
		default:
			panel.Word = pack.BandOf(one.Low).Called()
			if high := pack.BandOf(one.High).Called(); high != panel.Word {
				panel.Word += " to " + strings.ToLower(high)
			}
		}
		if panel.Weakest && panel.Word != "" {
			panel.Word += ", the weakest pair"
		}
		for _, item := range pack.FitItems {
			if item.Pair == one.Pair {
				panel.Answers = append(panel.Answers, answerLine(pack, item, idea.Ratings))
			}
		}
		panels = append(panels, panel)
	}
	return panels
}

func answerLine(pack tool.Pack, item tool.FitItem, ratings tool.Ratings) templates.AnswerLine {
	rating, ok := ratings[item.Code]
	if !ok {
		rating = tool.Known(tool.DontKnow)
	}
	view := templates.AnswerLine{Label: item.Label, Word: pack.Word(rating.Answer), Stop: rating.Answer == 0, Unknown: rating.Answer == tool.DontKnow}
	for n := range view.Blocks {
		view.Blocks[n] = int(rating.Answer) > n
	}
	if rating.Planned != tool.DontKnow {
		view.Planned = pack.Word(rating.Planned)
	}
	return view
}

// helpRows are the three changes that raise the fit most; while something blocks it, only what takes that away.
func helpRows(pack tool.Pack, idea tool.Candidate, fit tool.Fit) ([]templates.HelpRow, error) {
	if fit.Blocked() {
		return unblockRows(pack, idea, fit)
	}
	helps, err := pack.WhatHelps(idea.Ratings)
	var rows []templates.HelpRow
	for _, h := range helps {
		rows = append(rows, templates.HelpRow{
			Question: h.Item.Label, Change: h.Adjustments[0].Text, From: pack.Word(h.From), To: pack.Word(h.To),
			Now: strconv.Itoa(h.Now.Percent()), Then: strconv.Itoa(h.Then.Percent()),
		})
	}
	return rows, err
}

func unblockRows(pack tool.Pack, idea tool.Candidate, fit tool.Fit) ([]templates.HelpRow, error) {
	var rows []templates.HelpRow
	for _, code := range fit.BlockedBy {
		item, _ := pack.Item(code)
		row := templates.HelpRow{Question: item.Label, Now: "Blocked", Then: "still blocked", From: pack.Word(0), To: pack.Word(1)}
		if len(item.Adjustments) > 0 {
			row.Change = item.Adjustments[0].Text
		}
		changed := maps.Clone(idea.Ratings)
		changed[code] = tool.Known(1)
		after, err := pack.Fit(changed)
		if err != nil {
			return nil, err
		}
		if !after.Blocked() {
			row.Then = strconv.Itoa(after.Low.Percent())
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// together is what the planned changes make of the fit; nil when none is planned.
func together(pack tool.Pack, idea tool.Candidate, fit tool.Fit) (*templates.Together, error) {
	after, err := pack.FitAsPlanned(idea.Ratings)
	if err != nil {
		return nil, err
	}
	t := templates.Together{Now: strconv.Itoa(fit.Low.Percent()), Then: strconv.Itoa(after.Low.Percent())}
	if fit.Blocked() {
		t.Now = "blocked"
	}
	if after.Blocked() {
		t.Then = "blocked"
	}
	var moves []string
	for _, item := range pack.FitItems {
		r, ok := idea.Ratings[item.Code]
		if !ok || r.Planned == tool.DontKnow {
			continue
		}
		change := strings.ToLower(item.Label)
		for _, a := range item.Adjustments {
			if a.Code == r.Adjustment {
				change = lowerWord(a.Text)
			}
		}
		t.Changes = append(t.Changes, change)
		moves = append(moves, fmt.Sprintf("“%s” goes from %s to %s", item.Label, pack.Word(r.Answer), pack.Word(r.Planned)))
	}
	if len(moves) == 0 {
		return nil, nil //nolint:nilnil // nothing is planned, and that is no error
	}
	t.Moves = strings.Join(moves, ", ")
	return &t, nil
}

// lowerWord writes a label inside a sentence.
func lowerWord(label string) string {
	if label == "" {
		return ""
	}
	_, first := utf8.DecodeRuneInString(label)
	return strings.ToLower(label[:first]) + label[first:]
}
