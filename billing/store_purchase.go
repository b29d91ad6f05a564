package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type purchaseRuleRow struct {
	ID             int64
	OrganisationID int64
	Required       bool
	Pattern        string
	Example        string
	CapPence       *models.Pence
	Note           string
	CreatedAt      time.Time
	CreatedBy      int64
}

func (purchaseRuleRow) TableName() string { return "purchase_rules" }

func (r purchaseRuleRow) rule() PurchaseRule {
	rule := PurchaseRule{Required: r.Required, Pattern: r.Pattern, Example: r.Example, Note: r.Note}
	if r.CapPence != nil {
		rule.Cap = *r.CapPence
	}
	return rule
}

// PurchaseRuleOf is the rule of an organisation: its latest, or the default.
func PurchaseRuleOf(ctx context.Context, db models.DB, organisation int64) (PurchaseRule, error) {
	rule, _, err := latestRule(db.SQL(ctx).Where("organisation_id = ?", organisation))
	return rule, err
}

// PurchaseRuleFor is the rule that counts for a buyer: that of their organisation; while nobody has proven to act for it (0), or when
// it has none, that of the organisations whose name has this key (see access.NameKey). A name alone excuses nobody from giving a
// number, and meets no cap.
func PurchaseRuleFor(ctx context.Context, db models.DB, organisation int64, nameKey string) (PurchaseRule, error) {
	rule, found, err := latestRule(db.SQL(ctx).Where("organisation_id = ?", organisation))
	if err != nil || found || nameKey == "" {
		return rule, err
	}
	rule, _, err = latestRule(db.SQL(ctx).Where("organisation_id IN (SELECT id FROM organisations WHERE name_key = ?)", nameKey))
	rule.Required, rule.Cap = true, 0
	return rule, err
}

func latestRule(query *gorm.DB) (rule PurchaseRule, found bool, err error) {
	var row purchaseRuleRow
	err = models.Translate(query.Order("id DESC").Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return DefaultRule(), false, nil
	}
	return row.rule(), err == nil, err
}

// SetPurchaseRule gives an organisation a new rule, from now on; invoices that stand are not touched. Only the office may. Errors:
// one sentence for each of the fields "pattern", "example", "cap" and "note".
func SetPurchaseRule(ctx context.Context, tx models.DB, actor access.Actor, organisation int64, rule PurchaseRule) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	rule, err := rule.tidied()
	if err != nil {
		return err
	}
	row := purchaseRuleRow{
		OrganisationID: organisation, Required: rule.Required, Pattern: rule.Pattern, Example: rule.Example, Note: rule.Note,
		CreatedAt: tx.Now(), CreatedBy: actor.PersonID,
	}
	if rule.Cap > 0 {
		row.CapPence = &rule.Cap
	}
	if err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("the rule was not written")); err != nil {
		return fmt.Errorf("purchase rule: %w", err)
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "purchase-order rule set", SubjectKind: "organisation", SubjectID: organisation, OrganisationID: &organisation,
		Detail: map[string]any{"required": rule.Required, "pattern": rule.Pattern, "cap_pence": rule.Cap},
	})
}

// invoicedOn is what an organisation was invoiced on a purchase order number, less what was credited.
func invoicedOn(ctx context.Context, db models.DB, organisation int64, number string) (models.Pence, error) {
	var rows []documentRow
	err := db.SQL(ctx).Select("kind, purchase_order, gross_pence").
		Where("organisation_id = ? AND purchase_order <> ''", organisation).Find(&rows).Error
	if err != nil {
		return 0, fmt.Errorf("invoiced on a purchase order: %w", models.Translate(err))
	}
	var sum models.Pence
	for _, r := range rows {
		switch {
		case sameOrder(r.PurchaseOrder) != sameOrder(number):
		case r.Kind == string(CreditNote):
			sum -= r.GrossPence
		default:
			sum += r.GrossPence
		}
	}
	return sum, nil
}
