package mail_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/jobs"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestSending_APostponedMailIsTriedAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		queue(t, db, confirmation())
		post := recorder{answer: func(nth int) error {
			if nth == 1 {
				return errors.New("450 greylisted")
			}
			return nil
		}}
		runner := runnerFor(t, db, &post)
		if err := runner.RunUntilIdle(t.Context()); err == nil {
			t.Fatal("the job that failed says nothing")
		}
		if m := only(t, db); m.Status != mail.Queued || m.Attempts != 1 || !strings.Contains(m.LastError, "greylisted") {
			t.Errorf("after the first attempt: %+v", m)
		}
		if err := runner.RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if m := only(t, db); m.Status != mail.Sent || m.Attempts != 2 || m.LastError != "" {
			t.Errorf("after the second: %+v", m)
		}
	})
}

func TestSending_ARefusedMailFailsAtOnceAndTheOfficeMaySendItAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		queue(t, db, confirmation())
		post := recorder{answer: func(nth int) error {
			if nth == 1 {
				return &mail.Refusal{Code: 550, Answer: "no such mailbox"}
			}
			return nil
		}}
		runner := runnerFor(t, db, &post)
		if err := runner.RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		refused := only(t, db)
		if refused.Status != mail.Failed || refused.LastError != "the mail server refused it: 550 no such mailbox" {
			t.Fatalf("%+v", refused)
		}
		requeue := func() error {
			return db.InTx(t.Context(), func(tx models.DB) error { return mail.Requeue(t.Context(), tx, refused.ID) })
		}
		if err := requeue(); err != nil {
			t.Fatal(err)
		}
		if err := requeue(); models.KindOf(err) != models.KindConflict {
			t.Errorf("requeued twice: %v", err)
		}
		if err := runner.RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if m := only(t, db); m.Status != mail.Sent || len(post.sent) != 2 {
			t.Errorf("%+v, sent %d times", m, len(post.sent))
		}
		if err := requeue(); models.KindOf(err) != models.KindConflict {
			t.Errorf("a sent mail was requeued: %v", err)
		}
	})
}

func TestSending_AMailWithoutAttemptsLeftHasFailed(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		queue(t, db, confirmation())
		runner := runnerFor(t, db, &recorder{answer: func(int) error { return errors.New(strings.Repeat("ä", 600)) }})
		for range jobs.Attempts {
			if err := runner.RunUntilIdle(t.Context()); err == nil {
				t.Fatal("no error")
			}
		}
		if m := only(t, db); m.Status != mail.Failed || m.Attempts != jobs.Attempts || len([]rune(m.LastError)) != 500 {
			t.Errorf("%s after %d attempts, reason of %d letters", m.Status, m.Attempts, len([]rune(m.LastError)))
		}
	})
}

func TestSending_ASecondJobForASentMailSendsNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		queue(t, db, confirmation())
		id := only(t, db).ID
		second := mail.SendJob(id)
		if err := db.InTx(t.Context(), func(tx models.DB) error { return jobs.Enqueue(t.Context(), tx, second) }); err != nil {
			t.Fatal(err)
		}
		var post recorder
		if err := runnerFor(t, db, &post).RunUntilIdle(t.Context()); err != nil || len(post.sent) != 1 {
			t.Errorf("sent %d times, error %v", len(post.sent), err)
		}
	})
}

func TestMailbox_MarksAsSentWithoutANetwork(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		queue(t, db, confirmation())
		if err := runnerFor(t, db, mail.NewMailbox()).RunUntilIdle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if m := only(t, db); m.Status != mail.Sent {
			t.Errorf("%+v", m)
		}
	})
}

func TestOverdue_CountsWhatHasWaitedLongerThanItsAge(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		queue(t, db, confirmation())
		for _, step := range []struct {
			wait time.Duration
			want int64
		}{{time.Hour, 0}, {time.Second, 1}} {
			clock.Advance(step.wait)
			if n, err := mail.Overdue(t.Context(), db, time.Hour); err != nil || n != step.want {
				t.Errorf("after %v more: %d overdue, want %d, error %v", step.wait, n, step.want, err)
			}
		}
	})
}
