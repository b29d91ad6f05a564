package templates

// TrainerPage is pages/trainer.html: the signed-in trainer's coming sessions. There is nothing about money on it.
type TrainerPage struct {
	Page
	Heading  string
	Tied     bool // the person signed in is one of the trainers in the diary
	Sessions []TrainerSession
}

// TrainerSession is one coming session as its trainer sees it.
type TrainerSession struct {
	Row      OfficeSessionRow
	Block    DateBlock
	Where    []string // the address, or nothing online
	Access   string
	JoinLink string // empty when it is still to come, and face to face
	Online   bool
	Note     string // about clocks that change between two days
	Draft    bool
	People   []DelegateRow
	Unnamed  int
}
