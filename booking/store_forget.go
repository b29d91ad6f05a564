package booking

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// Forget takes the names and addresses out of bookings that ended unbought longer ago than the setting says. Nothing was sold, so
// there is no reason to keep them; the bookings stay as numbers. One for which money came is left as it is.
func Forget(ctx context.Context, tx models.DB) error {
	settings, err := access.LoadSettings(ctx, tx)
	if err != nil {
		return err
	}
	unbought := `SELECT b.id FROM bookings b WHERE b.status = 'expired' AND b.ended_at < ? AND NOT EXISTS
		(SELECT 1 FROM payments p WHERE p.order_kind = 'booking' AND p.order_id = b.id)`
	before := tx.Now().AddDate(0, 0, -settings.UnboughtDays)
	places := tx.SQL(ctx).Exec("UPDATE places SET name = '', email = '', person_id = NULL, named_at = NULL WHERE email <> '' AND booking_id IN ("+
		unbought+")", before)
	if places.Error != nil {
		return fmt.Errorf("forget people: %w", models.Translate(places.Error))
	}
	bookings := tx.SQL(ctx).Exec(`UPDATE bookings SET booker_name = '', booker_email = '', booker_id = NULL, organisation_name = '',
		organisation_name_key = '', address = '', postcode = '', invoice_email = '', purchase_order = '', discount_reason = ''
		WHERE booker_email <> '' AND id IN (`+unbought+")", before)
	if bookings.Error != nil {
		return fmt.Errorf("forget bookers: %w", models.Translate(bookings.Error))
	}
	return nil
}
