package scheduling

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// The rows of this capability's tables, column by column. A test compares them with what the migrations made.

type courseRow struct {
	ID      int64
	Code    string
	Title   string
	Summary string
}

func (courseRow) TableName() string { return "courses" }

type accreditationRow struct {
	ID            int64
	CourseID      int64
	Body          string
	Programme     string
	Reference     string
	ValidFrom     models.Date
	ValidTo       models.Date
	Components    string // a JSON list of strings
	Demonstration bool
}

func (accreditationRow) TableName() string { return "accreditations" }

type trainerRow struct {
	ID       int64
	Name     string
	PersonID *int64
	Active   bool
}

func (trainerRow) TableName() string { return "trainers" }

type venueRow struct {
	ID            int64
	Name          string
	Address       string
	Town          string
	Postcode      string
	StepFree      bool
	HearingLoop   bool
	Demonstration bool
}

func (venueRow) TableName() string { return "venues" }

type sessionRow struct {
	ID             int64
	CourseID       int64
	Route          Route
	Format         Format
	VenueID        *int64
	JoinLink       string
	Captions       bool
	OrganisationID *int64
	Capacity       int
	Status         Status
	Claims         int64 // how often places were claimed; its update is the lock
	Demonstration  bool
	CreatedAt      time.Time
}

func (sessionRow) TableName() string { return "sessions" }

type sessionTrainerRow struct {
	SessionID int64 `gorm:"primaryKey;autoIncrement:false"`
	TrainerID int64 `gorm:"primaryKey;autoIncrement:false"`
}

func (sessionTrainerRow) TableName() string { return "session_trainers" }

type partRow struct {
	ID        int64
	SessionID int64
	Ordinal   int
	StartsAt  time.Time
	EndsAt    time.Time
}

func (partRow) TableName() string { return "parts" }

type trainerTimeRow struct {
	ID        int64
	TrainerID int64
	PartID    int64
	BusyFrom  time.Time
	BusyUntil time.Time
	Status    timeStatus
}

func (trainerTimeRow) TableName() string { return "trainer_times" }

// timeStatus says whether a trainer's time is still taken.
type timeStatus string

const (
	timeTaken timeStatus = "taken"
	timeFreed timeStatus = "freed" // the session is cancelled; the row stays as a record
)
