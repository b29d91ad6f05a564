package handlers

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/tool"
)

// autosaved is the answer to a page that saves by itself.
type autosaved struct {
	Copy    int    `json:"copy,omitempty"`
	Version int    `json:"version"`
	At      string `json:"at,omitempty"`     // 10:14am
	Beside  bool   `json:"beside,omitempty"` // somebody else saved meanwhile; both texts are kept
	Error   string `json:"error,omitempty"`  // why it was not saved, in a sentence
	Kept    bool   `json:"kept,omitempty"`   // the licence ended, and the text is kept beside the case
	URL     string `json:"url,omitempty"`    // where to read what to do
}

// autosaving is what such a page sends.
type autosaving struct {
	Person  int64  `json:"person"` // who the page was made for
	Code    string `json:"code"`
	Text    string `json:"text"`
	Mark    string `json:"mark"`
	Copy    int    `json:"copy"`
	Version int    `json:"version"`
	Tab     string `json:"tab"`
	Count   int    `json:"count"`
}

// autosave keeps a note that a page sends by itself, with the version it began from.
func (s *Site) autosave(c echo.Context) error {
	var sent autosaving
	if err := json.NewDecoder(c.Request().Body).Decode(&sent); err != nil {
		var tooLarge *echo.HTTPError // from the body limit
		if errors.As(err, &tooLarge) {
			return c.JSON(http.StatusRequestEntityTooLarge, autosaved{Error: "This is too long to be saved. Shorten it; it is still on this page"})
		}
		sent = autosaving{} // it is refused below, but a stranger's case is not there before anything else
	}
	if sent.Person != 0 && sent.Person != actorOf(c).PersonID {
		return c.JSON(http.StatusConflict, autosaved{Error: "Somebody else has signed in here since. Copy what you typed, and sign in again"})
	}
	save := tool.Save{
		Code: sent.Code, Text: sent.Text, Mark: tool.Mark(sent.Mark), Copy: sent.Copy, Version: sent.Version, Tab: sent.Tab, Count: sent.Count,
	}
	saved, _, err := s.keepNote(c, save)
	if err == nil {
		return c.JSON(http.StatusOK, autosaved{Copy: saved.Copy, Version: saved.Version, At: models.ClockTime(saved.At), Beside: saved.Beside})
	}
	if models.KindOf(err) == models.KindForbidden {
		opened, err := s.held(c, save)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusForbidden, autosaved{
			Error: "Your licence no longer allows changes. What you typed is kept", Kept: true, URL: toolCases + "?kept=" + c.Param("case"), Version: len(opened.Held[save.Code]),
		})
	}
	f := failureOf(err)
	if f.sentence == "" {
		return err
	}
	return c.JSON(f.status, autosaved{Error: f.sentence})
}

// autosaveRefused answers a page that saves by itself when the gate is shut.
func (s *Site) autosaveRefused(c echo.Context, kept bool) error {
	return c.JSON(http.StatusForbidden, autosaved{Error: "Your licence does not allow this. Copy what you typed", Kept: kept, URL: toolCases})
}
