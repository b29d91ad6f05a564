package templates

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Input is one labelled text field, its value as typed.
type Input struct {
	ID           string // also its name
	Label        string
	Hint         string
	Value        string
	Error        string // the sentence beside the field; empty when nothing is wrong
	Type         string // text, email, tel, password, search
	Mode         string // the phone's keypad: numeric, or empty
	Autocomplete string
	Width        int // in characters: 2, 3, 4, 5, 10, 20 or 30; 0 fills the column
	Rows         int // for a text area
	HideLabel    bool
}

// DescribedBy lists the ids of the hint and the error, for aria-describedby.
func (f Input) DescribedBy() string { return describedBy(f.ID, f.Hint, f.Error) }

// Choices are radios, checkboxes or a select under one legend.
type Choices struct {
	Name    string
	Legend  string
	Hint    string
	Error   string
	Size    string // the legend's size: s (default), m, l
	Inline  bool
	Small   bool
	Options []Option
	chosen  map[string]bool
}

// Option is one radio, checkbox or line of a select.
type Option struct {
	ID      string
	Value   string
	Label   string
	Hint    string
	Checked bool
}

// DescribedBy lists the ids of the hint and the error, for aria-describedby.
func (c Choices) DescribedBy() string { return describedBy(c.Name, c.Hint, c.Error) }

func describedBy(id, hint, problem string) string {
	switch {
	case hint != "" && problem != "":
		return id + "-hint " + id + "-error"
	case hint != "":
		return id + "-hint"
	case problem != "":
		return id + "-error"
	}
	return ""
}

func newInput(id, label, value string, problems models.Problems) Input {
	return Input{ID: id, Label: label, Value: value, Error: problems.For(id), Type: "text"}
}

func newNumber(id, label, value string, problems models.Problems) Input {
	f := newInput(id, label, value, problems)
	f.Mode, f.Width = "numeric", 3
	return f
}

// newChoices takes the chosen value as a string, or several as []string.
func newChoices(name, legend string, chosen any, problems models.Problems) (Choices, error) {
	c := Choices{Name: name, Legend: legend, Error: problems.For(name), Size: "s", chosen: map[string]bool{}}
	switch v := chosen.(type) {
	case string:
		c.chosen[v] = true
	case []string:
		for _, s := range v {
			c.chosen[s] = true
		}
	default:
		return c, fmt.Errorf("choices %s: %T is neither a string nor several", name, chosen)
	}
	return c, nil
}

// newTick is one checkbox with nothing but its own words.
func newTick(name, label string, on bool, problems models.Problems) Choices {
	return Choices{Name: name, Error: problems.For(name), Options: []Option{{ID: name, Value: "yes", Label: label, Checked: on}}}
}

// withOption adds one line. The first has the name as its id, so that the error summary finds it.
func withOption(value, label, hint string, c Choices) Choices {
	id := c.Name
	if n := len(c.Options); n > 0 {
		id = fmt.Sprintf("%s-%d", c.Name, n+1)
	}
	c.Options = append(c.Options, Option{ID: id, Value: value, Label: label, Hint: hint, Checked: c.chosen[value]})
	return c
}

func withHint(text string, field any) (any, error) {
	switch f := field.(type) {
	case Input:
		f.Hint = text
		return f, nil
	case Choices:
		f.Hint = text
		return f, nil
	}
	return nil, fmt.Errorf("hint: %T is no field", field)
}

func withKind(kind string, f Input) Input { f.Type = kind; return f }

func withAutocomplete(token string, f Input) Input { f.Autocomplete = token; return f }

func withWidth(characters int, f Input) Input { f.Width = characters; return f }

func withRows(rows int, f Input) Input { f.Rows = rows; return f }

func withHiddenLabel(f Input) Input { f.HideLabel = true; return f }

func inline(c Choices) Choices { c.Inline = true; return c }

func small(c Choices) Choices { c.Small = true; return c }

func withLegendSize(size string, c Choices) Choices { c.Size = size; return c }

// NewChoices makes a field of choices with its options, for pages whose options come from data.
func NewChoices(name, legend, chosen string, options []Option) Choices {
	c := Choices{Name: name, Legend: legend, Size: "s", chosen: map[string]bool{chosen: true}}
	for _, o := range options {
		c = withOption(o.Value, o.Label, o.Hint, c)
	}
	return c
}

// NewTick makes one checkbox with nothing but its own words.
func NewTick(name, label string, on bool, problems models.Problems) Choices {
	return newTick(name, label, on, problems)
}
