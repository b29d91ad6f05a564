package licensing

import (
	"encoding/json"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
)

// Accreditation is the programme's accreditation as it stood on the last day that was attended. It is the programme that is
// accredited, never the Hub or a trainer.
type Accreditation struct {
	Body, Programme, Reference string
	ValidFrom, ValidTo         models.Date
	Demonstration              bool // reference and dates are examples
}

func accreditationOf(a scheduling.Accredited) *Accreditation {
	return &Accreditation{
		Body: a.Body, Programme: a.Programme, Reference: a.Reference, ValidFrom: a.ValidFrom, ValidTo: a.ValidTo, Demonstration: a.Demonstration,
	}
}

// Lines are what may be printed of it.
func (a *Accreditation) Lines() []string {
	if a == nil {
		return nil
	}
	line := "Accredited by the " + a.Body
	if a.Reference != "" {
		line += ", reference " + a.Reference
	}
	line += ", " + a.ValidFrom.String() + " to " + a.ValidTo.String()
	if a.Demonstration {
		line += " (demonstration)"
	}
	return []string{line}
}

// accreditationText is how it is kept; empty when there was none.
type accreditationText struct {
	Body          string `json:"body"`
	Programme     string `json:"programme"`
	Reference     string `json:"reference"`
	ValidFrom     string `json:"valid_from"`
	ValidTo       string `json:"valid_to"`
	Demonstration bool   `json:"demonstration"`
}

func (a *Accreditation) text() (string, error) {
	if a == nil {
		return "", nil
	}
	text, err := json.Marshal(accreditationText{
		Body: a.Body, Programme: a.Programme, Reference: a.Reference, ValidFrom: a.ValidFrom.ISO(), ValidTo: a.ValidTo.ISO(), Demonstration: a.Demonstration,
	})
	return string(text), err
}

func parseAccreditation(text string) (*Accreditation, error) {
	if text == "" {
		return nil, nil
	}
	var kept accreditationText
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, fmt.Errorf("accreditation of a certificate: %w", err)
	}
	a := &Accreditation{Body: kept.Body, Programme: kept.Programme, Reference: kept.Reference, Demonstration: kept.Demonstration}
	var err error
	if a.ValidFrom, err = models.ParseDate(kept.ValidFrom); err != nil {
		return nil, fmt.Errorf("accreditation of a certificate: %w", err)
	}
	if a.ValidTo, err = models.ParseDate(kept.ValidTo); err != nil {
		return nil, fmt.Errorf("accreditation of a certificate: %w", err)
	}
	return a, nil
}
