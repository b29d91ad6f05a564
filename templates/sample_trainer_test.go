package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// trainerSamples are the pages of the day.
func trainerSamples() map[string]any {
	back := Action{"The register", "/trainer/sessions/7/register/2"}
	catchUp := CatchUpPage{
		Page: sampleTrainer("Who is catching up?"), Back: back, URL: "/trainer/sessions/7/register/2/catch-up", Part: 2, Here: []string{"12"}, Was: []string{"12"},
		People: []Option{
			{Value: "12", Label: "Ben Rowley", Hint: "Irwell Wellbeing Network, missed Wednesday 27 January"},
			{Value: "14", Label: "Maximiliana Featherstonehaugh-Cholmondeley", Hint: "Neighbourhood Wellbeing Federation, missed Wednesday 10 February"},
		},
	}
	full := catchUp
	full.Here = []string{"12", "14"}
	full.Problems.Add("here", "This session is full: all 15 places are taken")
	closed := sampleRegister()
	closed.Closed, closed.Complete = "This session was completed on 10 February 2027 at 1:05pm. Its register can no longer change.", false
	return map[string]any{
		"trainer": sampleDiary(), "trainer-untied": TrainerPage{Page: sampleTrainer("Your sessions"), Heading: "Your sessions"},
		"trainer-session":  sampleTrainerSession(),
		"trainer-register": sampleRegister(), "trainer-register-closed": closed,
		"trainer-catch-up": catchUp, "trainer-catch-up-full": full,
		"trainer-catch-up-none": CatchUpPage{Page: sampleTrainer("Who is catching up?"), Back: back, URL: catchUp.URL, Part: 1},
		"trainer-rest":          MarkRestPage{Page: sampleTrainer("Mark the rest as here"), Back: back, URL: "/trainer/sessions/7/register/2/rest", Names: []string{"Amira Haddad", "Dev Patel"}, Day: "Wednesday 10 February 2027, part 2 of 2"},
		"trainer-newcomer": NewcomerPage{
			Page: sampleTrainer("Who came without a place?"), Back: back, URL: "/trainer/sessions/7/register/2/walk-in", Heading: "Who came without a place?",
			Lead: "Otherwise they get a free place, and the Hub office sends the invoice.", Name: "Gus Hall", Request: "once",
		},
		"trainer-complete": CompletePage{
			Page: sampleTrainer("Complete the session"), Back: back, URL: "/trainer/sessions/7/complete", Days: "Tuesday 9 February 2027 and Wednesday 10 February 2027",
			LastDay: "Wednesday 10 February 2027", Completes: []string{"Amira Haddad"}, CatchUps: []string{"Ben Rowley"}, CatchUp: true,
			Misses: []MissedRow{{"Dev Patel", "absent from part 2"}}, Unnamed: 1, UndoBy: "Wednesday 10 February 2027",
		},
		"trainer-undo": UndoPage{
			Page: sampleTrainer("Undo the completion"), Back: back, URL: "/trainer/sessions/7/undo", Days: "Tuesday 9 February 2027 and Wednesday 10 February 2027",
			Rows: []UndoRow{{"Ben Rowley", []string{"Certificate 7K3M-Q9TX-2HVB-4WN8 is withdrawn", "Licence L-00093 ends at once"}}},
		},
	}
}

func sampleTrainer(title string) Page {
	p := samplePage(title, "sessions")
	p.Area, p.Background, p.Who = AreaTrainer, White, &Who{Name: "Rowan", Line: "Trainer"}
	return p
}

func sampleDiary() TrainerPage {
	month := DiaryMonth{Name: "January 2027", First: 5}
	for day := 1; day <= 31; day++ {
		month.Days = append(month.Days, DiaryDay{Date: models.Date{Year: 2027, Month: time.January, Day: day}, Weekend: day%7 == 2 || day%7 == 3})
	}
	month.Days[25].Events = []DiaryEvent{{URL: "/trainer/sessions/7", Look: EventOnline, Title: "Online, part 1 of 2", Line: "9:30am to 1pm", Taken: 6, Of: 15}}
	month.Days[27].Events = []DiaryEvent{{URL: "/trainer/sessions/8", Look: EventOwnGroup, Title: "Neighbourhood Wellbeing Federation, own group", Line: "9:30am to 4:30pm", Taken: 12, Of: 15}}
	return TrainerPage{
		Page: sampleTrainer("Your sessions"), Heading: "Your sessions", Tied: true, Months: []DiaryMonth{month},
		Tabs: []OfficeTab{{Label: "To come", URL: "/trainer", Now: true}, {Label: "Past", URL: "/trainer?show=past"}},
		ToDo: []ToDo{{What: "Mark the register for Tuesday 12 January", By: "Face to face, Salford. 4 of 12 marked", Link: &Action{"Open the register", "/trainer/sessions/6/register/1"}}},
	}
}

func sampleTrainerSession() TrainerSessionPage {
	days := []models.Date{{Year: 2027, Month: time.February, Day: 9}, {Year: 2027, Month: time.February, Day: 10}}
	return TrainerSessionPage{
		Page: sampleTrainer("Tuesday 9 February 2027"), Back: Action{"Your sessions", "/trainer"}, Block: NewDateBlock(days, true),
		Session:   OfficeSessionRow{Days: "Tuesday 9 February 2027 and Wednesday 10 February 2027", What: "Online, two mornings", When: "9:30am to 1pm on both days, with Rowan", Taken: 4, Capacity: 15, State: Tag{TagOK, "Complete"}},
		Facts:     []SummaryRow{{Key: "Trainers", Lines: []string{"Rowan"}}},
		Registers: []RegisterLine{{Name: "Part 2, Wednesday 10 February 2027", Times: "9:30am to 1pm", Line: "2 of 2 marked. 1 here, 1 absent.", Action: Action{"See the register", "/trainer/sessions/7/register/2"}}},
		Complete:  &CompleteLine{Done: true, Sentence: "It was completed on 10 February 2027 at 1:05pm. 1 person has their certificate and licence.", UndoURL: "/trainer/sessions/7/undo"},
		People: []TrainerPerson{
			{Name: "Amira Haddad", Organisation: "Irwell Wellbeing Network", State: &Tag{TagOK, "Trained"}},
			{Name: "Dev Patel", Organisation: "Irwell Wellbeing Network", State: &Tag{TagStop, "Absent"}, Note: "Missed part 2"},
		},
		Unnamed: 1, CatchUps: []string{"Ben Rowley, part 2", "Ceri Vaughan, part 2"},
	}
}

func sampleRegister() RegisterPage {
	return RegisterPage{
		Page: sampleTrainer("Register, Wednesday 10 February"), Back: Action{"The session", "/trainer/sessions/7"}, Heading: "Register, Wednesday 10 February",
		Lead: "Online, 9:30am to 1pm. Part 2 of 2.", URL: "/trainer/sessions/7/register/2", Marked: 2, People: 3, Counts: "1 here, 1 absent.",
		Parts: []OfficeTab{{Label: "Part 1", URL: "/trainer/sessions/7/register/1"}, {Label: "Part 2", URL: "/trainer/sessions/7/register/2", Now: true}},
		Rows: []RegisterRow{
			{ID: "1", Name: "Amira Haddad", Line: "Here from 9:30am", Mark: "present", Was: "present:4"},
			{ID: "2", Name: "Dev Patel", Line: "Absent", Mark: "absent", Was: "absent:5"},
			{ID: "3", Name: "Maximiliana Featherstonehaugh-Cholmondeley", Line: "Not marked yet", Was: ":6"},
			{ID: "4", Organisation: "Neighbourhood Wellbeing Federation"},
		},
		CatchUps: []CatchUpRow{{Name: "Ben Rowley", Line: "Here for this part. Missed Wednesday 27 January", Organisation: "Irwell Wellbeing Network"}},
		CatchUp:  true, Newcomer: true, Opens: "You can complete this session from 12pm on Wednesday 10 February 2027.",
	}
}
