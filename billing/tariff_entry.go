package billing

import (
	"context"
	"strings"
	"unicode/utf8"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// TariffKind is what sort of figure the office enters; each has a table of its own.
type TariffKind string

// The five kinds, as the withdrawals name them.
const (
	KindPrice    TariffKind = "prices"
	KindVAT      TariffKind = "vat_rates"
	KindLadder   TariffKind = "ladders"
	KindSupplier TariffKind = "suppliers"
	KindSetting  TariffKind = "settings"
)

// subject is how the audit names one entry.
func (k TariffKind) subject(id int64) access.Subject {
	names := map[TariffKind]string{KindPrice: "price", KindVAT: "vat rate", KindLadder: "ladder", KindSupplier: "supplier", KindSetting: access.SettingSubject}
	return access.Subject{Kind: names[k], ID: id}
}

// recordEntry writes what was entered into the audit.
func recordEntry(ctx context.Context, tx models.DB, actor access.Actor, kind TariffKind, id int64, words string, from models.Date) error {
	subject := kind.subject(id)
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "tariff entered", SubjectKind: subject.Kind, SubjectID: id,
		Detail: map[string]any{"words": words, "effective_from": from.ISO()},
	})
}

// checkText refuses text that is missing, in the sentence given, too long or no text.
func checkText(found *models.Problems, field, value, sentence, label string, most int) {
	switch {
	case strings.TrimSpace(value) == "":
		found.Add(field, "%s", sentence)
	case !utf8.ValidString(value):
		found.Add(field, "%s has characters we cannot read", label)
	case utf8.RuneCountInString(value) > most:
		found.Add(field, "%s must be %d characters or fewer", label, most)
	}
}

// lowerStart puts a phrase into the middle of a sentence, but for one that begins with initials, like VAT.
func lowerStart(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	second, _ := utf8.DecodeRuneInString(words[size:])
	if strings.ToLower(string(second)) != string(second) {
		return words
	}
	return strings.ToLower(string(first)) + words[size:]
}
