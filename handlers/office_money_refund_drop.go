package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
)

// moneyRefundDrop ends a refund by bank that is not to be sent, because its money has gone another way. Its page has said so.
func (s *Site) moneyRefundDrop(c echo.Context) error {
	r, err := s.refundOf(c)
	if err != nil {
		return err
	}
	form, err := posted(c)
	if err != nil {
		return err
	}
	typed := refundTyped{date: s.db.Today().String(), reason: line(form, "reason")}
	var problems models.Problems
	needed(&problems, "reason", typed.reason, "Enter why the refund is not to be sent: it is kept with the record", "The reason", 500)
	if problems != nil {
		return s.moneyRefundPage(c, http.StatusUnprocessableEntity, r, typed, problems)
	}
	ctx := c.Request().Context()
	err = s.db.InTx(ctx, func(tx models.DB) error {
		return billing.DropBankRefund(ctx, tx, actorOf(c), r.ID, typed.reason)
	})
	if err != nil {
		return err
	}
	return s.done(c, officeMoneyURL, "The refund of "+r.Gross.String()+" will not be sent.")
}
