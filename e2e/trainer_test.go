package e2e_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/scheduling"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// The people of the trainer's day, with the addresses that bookingtest gives them.
const (
	tomThere   = "tom.ashworth@delegate.example"
	graceThere = "grace.okafor@delegate.example"
	walkedIn   = "sana.malik@delegate.example"
)

// A trainer's whole work: the diary, a session opened and moved at a desk, its register on a phone, and its completion.
func TestTrainer_FromTheDiaryToTheCompletedDay(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		schedulingtest.Campus(t, p.DB())
		rowan := p.trainer()
		b := p.signIn(p.tab(), rowan).visit("/trainer").reads("No sessions are planned for you")
		b.opens("26 January 2027").on("/trainer/sessions/1").reads("Tuesday 26 January 2027", "0 of 15 places taken")
		b.opens("26 January 2027").reads("There is a problem", "Rowan is in Salford from 9:30am to 4:30pm. Choose another time or trainer")
		b.keeps("Day", "26 January 2027", "Start", "9:30am", "End", "4:30pm")
		bookingtest.OnAccount(t, p.DB(), 1, "Irwell Wellbeing Network", bookingtest.Named("Tom Ashworth", "Grace Okafor", ""))
		b.visit("/trainer").reads("January 2027", "3 of 15").press("Salford, face to face").on("/trainer/sessions/1")
		b.reads("Tom Ashworth", "Grace Okafor", "Irwell Wellbeing Network", "1 place has no name yet").lacks("£", tomThere)
		p.movesToThursday(b)
		b.visit("/trainer/sessions/1/register/1").reads("This register opens on Thursday 28 January 2027").lacks("Save")

		p.clock.Set(time.Date(2027, time.January, 28, 9, 40, 0, 0, time.UTC))
		m := p.signIn(p.tab().screen(phone), rowan).visit("/trainer").reads("Mark the register for Thursday 28 January")
		p.takesTheRegister(m)
		p.clock.Set(time.Date(2027, time.January, 28, 15, 30, 0, 0, time.UTC))
		m.visit("/trainer/sessions/1/register/1").press("Complete the session").reads("3 people get a certificate and a licence", "Tom Ashworth", "Amara Diallo", "Sana Malik", "Grace Okafor: absent")
		m.press("Complete the session").on("/trainer/sessions/1").reads("The session is complete. 3 people have their certificate and licence", "Undo this")
		m.back().visit("/trainer/sessions/1/complete").lacks("Complete the session of")
		m.visit("/trainer/sessions/1/register/1").reads("Its register can no longer change").lacks("Save")
		p.threeTrained()
	})
}

// trainer is the address of Rowan, a trainer of the diary.
func (p *program) trainer() string {
	p.t.Helper()
	actor := accesstest.Trainer(p.t, p.DB())
	err := p.DB().InTx(p.t.Context(), func(tx models.DB) error {
		return scheduling.SignsInAs(p.t.Context(), tx, access.System(), schedulingtest.TrainerIDs(p.t, tx, "Rowan")[0], actor.PersonID)
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return p.known(actor)
}

// opens fills the form for a session of one day on the campus, and publishes it.
func (b *tab) opens(day string) *tab {
	b.Helper()
	b.visit("/trainer").press("Open a session").on("/trainer/sessions/new").fills("Day", day, "Start", "9:30am", "End", "4:30pm")
	return b.choose("Face to face").selects("Venue (face to face)", "Salford, Frederick Road campus").press("Open and publish")
}

// selects chooses a line of a list by typing how it begins, as from a keyboard.
func (b *tab) selects(label, line string) *tab {
	b.Helper()
	b.do("choose "+line, b.script(fieldScript(label)+".focus()"), chromedp.KeyEvent(line))
	if got := see[string](b, fieldScript(label)+".selectedOptions[0].innerText"); got != line {
		b.Fatalf("%s: %q is chosen, want %q", label, got, line)
	}
	return b
}

// marks presses a mark in the row of a person. Each must be big enough for a thumb.
func (b *tab) marks(name, mark string) *tab {
	b.Helper()
	at := b.find(mark+" of "+name, `[...document.querySelectorAll('.ssph-register__row')].filter(e => e.innerText.includes(`+js(name)+`))
		.flatMap(e => [...e.querySelectorAll('label')]).filter(e => words(e) === `+js(mark)+`)`)
	const thumb = 44 // CSS pixels
	low := see[float64](b, `Math.min(...[...document.querySelectorAll('.ssph-register label')].flatMap(e => { const r = e.getBoundingClientRect(); return [r.width, r.height]; }))`)
	if low < thumb {
		b.Errorf("a mark of the register is only %v pixels wide or high", low)
	}
	b.do("mark "+name, chromedp.MouseClickXY(at.X, at.Y))
	return b
}

// movesToThursday moves the session by two days: the same entry in everybody's calendar moves with it.
func (p *program) movesToThursday(b *tab) {
	p.t.Helper()
	first := p.invitation(p.mail(tomThere, "Your place on", 1))
	b.visit("/trainer/sessions/1").press("Move this session").reads("2 people get an updated invitation by email")
	b.fill("Day", "31 February 2027").press("Move the session").reads("There is a problem", "Enter a real day").keeps("Day", "31 February 2027")
	b.fill("Day", "28 January 2027").press("Move the session").on("/trainer/sessions/1").reads("Thursday 28 January 2027")
	for _, person := range []string{tomThere, graceThere} {
		entry := p.invitation(p.mail(person, "has been moved", 1))
		for _, want := range []string{"METHOD:REQUEST", "SEQUENCE:1", "DTSTART;TZID=Europe/London:20270128T093000", "DTEND;TZID=Europe/London:20270128T163000"} {
			if !strings.Contains(entry, want) {
				p.t.Errorf("the moved entry of %s has no %s:\n%s", person, want, entry)
			}
		}
		if person == tomThere && uid(entry) != uid(first) { // though the booking was made under another address of the site
			p.t.Errorf("Tom's entry %s moved to %s", uid(first), uid(entry))
		}
	}
}

// takesTheRegister marks who came, on a phone: one late, one absent, one on a place without a name, one without a place.
func (p *program) takesTheRegister(m *tab) {
	p.t.Helper()
	m.press("Open the register").on("/trainer/sessions/1/register/1").reads("0 of 2 marked", "Place without a name").lacks("Complete the session")
	m.marks("Tom Ashworth", "Late").marks("Grace Okafor", "Absent").press("Save").reads("2 of 2 marked", "1 absent")
	m.press("Name who came").fills("Full name, as on the certificate", "Amara Diallo", "Work email", "amara at irwell").press("Add to the register")
	m.reads("There is a problem").keeps("Full name, as on the certificate", "Amara Diallo", "Work email", "amara at irwell")
	m.fill("Work email", amara).press("Add to the register").reads("Amara Diallo is on the register", "2 of 3 marked")
	m.press("Add somebody who came without a place").fills("Full name, as on the certificate", "Sana Malik", "Work email", walkedIn).press("Add to the register")
	m.reads("Sana Malik is on the register", "2 of 4 marked")
	m.press("Mark the rest as here").reads("Mark 2 people as here?", "Amara Diallo", "Sana Malik").lacks("Tom Ashworth")
	m.press("Mark them as here").reads("4 of 4 marked", "Everybody is marked", "You can complete this session from 3:30pm on Thursday 28 January 2027")
	m.lacks("Complete the session")
	m.visit("/trainer/sessions/1/register/1").reads("4 of 4 marked", "1 absent") // it is kept, not only shown
}

// threeTrained checks what completing gave: one certificate and one licence each, and nothing to who was absent.
func (p *program) threeTrained() {
	p.t.Helper()
	for _, person := range []string{tomThere, amara, walkedIn} {
		files := p.mail(person, "Your certificate: ", 1).Files
		if len(files) != 1 || !strings.HasPrefix(string(files[0].Content), "%PDF-1.7") {
			p.t.Errorf("the certificate of %s has %d files", person, len(files))
		}
		p.mail(person, "Your licence for the tool, up to the end of 28 January 2028", 1)
	}
	p.allMailSent()
	if n := p.count("mails WHERE kind IN ('certificate', 'licence') AND recipient_email = '" + graceThere + "'"); n != 0 {
		p.t.Errorf("who was absent got %d mails", n)
	}
	if n, m := p.count("certificates"), p.count("licences"); n != 3 || m != 3 {
		p.t.Errorf("%d certificates and %d licences, want 3 of each", n, m)
	}
}
