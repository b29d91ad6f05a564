package scheduling

import "hub.salford.ac.uk/ssph/models"

// Format and Route are the shared words for where a session happens and how it is sold.
type (
	Format = models.Format
	Route  = models.Route
)

// The formats and routes under scheduling's own roof.
const (
	FaceToFace = models.FaceToFace
	Online     = models.Online
	OpenAccess = models.OpenAccess
	Bespoke    = models.Bespoke
	OneToOne   = models.OneToOne
)
