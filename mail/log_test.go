package mail_test

import (
	"bytes"
	"fmt"
	"testing"

	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestRows_AreTheTablesTheMigrationsMade(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		modelstest.CheckSchema(t, db, mail.Rows()...)
	})
}

func TestStatus_OnlyTheStepsOfAMailsLife(t *testing.T) {
	allowed := map[[2]mail.Status]bool{
		{mail.Queued, mail.Sent}: true, {mail.Queued, mail.Failed}: true, {mail.Failed, mail.Queued}: true,
	}
	for _, from := range mail.Statuses() {
		for _, to := range mail.Statuses() {
			if got := from.CanBecome(to); got != allowed[[2]mail.Status{from, to}] {
				t.Errorf("%s to %s: %v", from, to, got)
			}
		}
	}
}

func TestFind_ShowsBodiesAndFilesAndFindPartTheContent(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		m := confirmation()
		m.ReplyTo = "office@example.org"
		m.Parts = []mail.Part{
			{Filename: "training.ics", ContentType: "text/calendar; method=REQUEST", Content: []byte("BEGIN:VCALENDAR\r\n")},
			{Filename: "empty.txt", ContentType: "text/plain"},
			{Filename: "invoice.pdf", ContentType: "application/pdf", Content: []byte{0, 1, 2, 0xff}},
		}
		queue(t, db, m)
		found, err := mail.Find(t.Context(), db, only(t, db).ID)
		if err != nil {
			t.Fatal(err)
		}
		if found.Text != m.Text || found.HTML != m.HTML || found.ToName != m.ToName || found.ReplyTo != m.ReplyTo || found.AboutID != 17 {
			t.Errorf("%+v", found)
		}
		want := []mail.FileInfo{
			{1, "training.ics", "text/calendar; method=REQUEST", 17}, {2, "empty.txt", "text/plain", 0}, {3, "invoice.pdf", "application/pdf", 4},
		}
		if fmt.Sprint(found.Files) != fmt.Sprint(want) {
			t.Errorf("files %v, want %v", found.Files, want)
		}
		part, err := mail.FindPart(t.Context(), db, found.ID, 3)
		if err != nil || part.Filename != "invoice.pdf" || !bytes.Equal(part.Content, m.Parts[2].Content) {
			t.Errorf("part %+v %v", part, err)
		}
		if _, err := mail.FindPart(t.Context(), db, found.ID, 4); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a part that is not there: %v", err)
		}
		if _, err := mail.Find(t.Context(), db, found.ID+1); models.KindOf(err) != models.KindNotFound {
			t.Errorf("a mail that is not there: %v", err)
		}
	})
}

func TestList_FiltersAndTurnsPages(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		for i := range mail.PerPage + 3 {
			m := confirmation()
			m.Cause = fmt.Sprintf("booking-confirmed/%d", i)
			m.AboutID = int64(i)
			if i == 7 {
				m.ToName, m.ToEmail, m.Subject = "100%_Name", "Seven@example.org", "Café"
			}
			queue(t, db, m)
		}
		first, second := list(t, db, mail.Filter{}), list(t, db, mail.Filter{Page: 2})
		if len(first) != mail.PerPage || len(second) != 3 || first[0].AboutID != mail.PerPage+2 || second[2].AboutID != 0 {
			t.Errorf("pages of %d and %d", len(first), len(second))
		}
		for _, c := range []struct {
			filter mail.Filter
			want   int
		}{
			{mail.Filter{Search: "100%_n"}, 1}, {mail.Filter{Search: "SEVEN@"}, 1}, {mail.Filter{Search: " café "}, 1},
			{mail.Filter{Search: "_"}, 1}, {mail.Filter{Search: "nobody"}, 0}, {mail.Filter{Search: `\`}, 0},
			{mail.Filter{AboutKind: "booking", AboutID: 5}, 1}, {mail.Filter{AboutKind: "invoice", AboutID: 5}, 0},
			{mail.Filter{Status: mail.Failed}, 0}, {mail.Filter{Status: mail.Sent, Search: "seven"}, 0},
			{mail.Filter{Status: mail.Queued, Search: "seven"}, 1}, {mail.Filter{Page: 3}, 0},
		} {
			if got := list(t, db, c.filter); len(got) != c.want {
				t.Errorf("%+v: %d mails, want %d", c.filter, len(got), c.want)
			}
		}
	})
}
