// Package checks has what every Go client has to pass against a running Threadwell: one line per check.
package checks

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// Tool is what an assistant can use, as on the wire.
type Tool string

const (
	Function Tool = "function"
	Code     Tool = "code_interpreter"
	Search   Tool = "file_search"
)

type Call struct{ ID, Name, Arguments string }

type Run struct {
	ID, Thread, Status string
	Calls              []Call
}

// Message is one of a thread; Files are those that the annotations of its text name.
type Message struct {
	Role, Text string
	Files      []string
}

// Event is one of a stream. Text is that of a message's delta, Arguments those of a step's.
type Event struct {
	Name, Text, Arguments string
	Run                   Run
}

// Client is what the checks ask of a library: its own calls and types, told in plain values.
type Client interface {
	CreateAssistant(name string, tools []Tool, stores []string) (string, error)
	AssistantName(assistant string) (string, error)
	RenameAssistant(assistant, name string) error
	Assistants(limit int) ([]string, error)
	DeleteAssistant(assistant string) (bool, error)
	CreateThread(messages []string) (string, error)
	RetrieveThread(thread string) (string, error)
	DeleteThread(thread string) (bool, error)
	CreateMessage(thread, text string) error
	Messages(thread, order string) ([]Message, error)
	CreateRun(thread, assistant string) (Run, error)
	RetrieveRun(run Run) (Run, error)
	CancelRun(run Run) (Run, error)
	Submit(run Run, call, output string) (Run, error)
	StepTypes(run Run) ([]string, error)
	Upload(name, content string) (string, error)
	FileName(file string) (string, error)
	Content(file string) (string, error)
	DeleteFile(file string) error
	CreateStore(name string) (string, error)
	AddToStore(store, file string) error
	StatusInStore(store, file string) (string, error)
	DeleteStore(store string) (bool, error)
	// StatusOf is the HTTP status that a failure of this library tells.
	StatusOf(failure error) int
}

// Streaming is a client that can stream runs.
type Streaming interface {
	StreamRun(thread, assistant string) ([]Event, error)
	StreamSubmit(run Run, call, output string) ([]Event, error)
}

const (
	patience  = time.Minute
	interval  = 50 * time.Millisecond
	words     = "天安门 🦊 naïve café — The quick brown fox jumps over the lazy dog."
	saying    = `simulate {"say": "` + words + `"}`
	arguments = `{"city":"Paris"}`
	calling   = `simulate {"calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}],
	                       "then": {"say": "It is sunny."}}`
	coding = `simulate {"calls": [{"name": "code_interpreter", "arguments": {"code":
	                      "open('/mnt/data/tides.csv', 'w').write('a,b')"}}],
	                    "then": {"say": "[Tides](sandbox:/mnt/data/tides.csv)"}}`
	tides = "Low water is at noon; the ferry waits for the tide."
)

var eventsOfAText = []string{
	"thread.run.queued", "thread.run.in_progress", "thread.run.step.created", "thread.run.step.in_progress",
	"thread.message.created", "thread.message.in_progress", "thread.message.delta", "thread.message.completed",
	"thread.run.step.completed", "thread.run.completed",
}

// Parameters of the function, as a JSON schema.
func Parameters() map[string]any {
	return map[string]any{
		"type":       "object",
		"properties": map[string]any{"city": map[string]any{"type": "string"}},
	}
}

type check struct {
	name string
	run  func()
}

type checks struct {
	client    Client
	streaming Streaming
}

// Of runs them all and ends the process.
func Of(client Client) {
	c := checks{client: client}
	all := []check{
		{"anAssistantLivesFromCreationToDeletion", c.anAssistantLivesFromCreationToDeletion},
		{"aThreadLivesFromCreationToDeletion", c.aThreadLivesFromCreationToDeletion},
		{"messagesAreListedInBothOrders", c.messagesAreListedInBothOrders},
		{"aRunIsPolledToItsEnd", c.aRunIsPolledToItsEnd},
		{"aFunctionIsAnswered", c.aFunctionIsAnswered},
		{"aRunThatWaitsIsCancelled", c.aRunThatWaitsIsCancelled},
		{"aFileLivesFromUploadToDeletion", c.aFileLivesFromUploadToDeletion},
		{"aFileOfAStoreIsFoundAndCited", c.aFileOfAStoreIsFoundAndCited},
		{"aFileThatCodeWroteIsDownloaded", c.aFileThatCodeWroteIsDownloaded},
		{"whatThereIsNotIsNotFound", c.whatThereIsNotIsNotFound},
	}
	if streaming, ok := client.(Streaming); ok {
		s := checks{client: client, streaming: streaming}
		all = append(all,
			check{"aRunIsStreamedWhole", s.aRunIsStreamedWhole},
			check{"aFunctionIsAnsweredInStreams", s.aFunctionIsAnsweredInStreams})
	}
	for _, one := range all {
		fmt.Println("check", one.name)
	}
	code := 0
	for _, one := range all {
		if !passes(one) {
			code = 1
		}
	}
	os.Exit(code)
}

func passes(one check) (well bool) {
	defer func() {
		if failure := recover(); failure != nil {
			fmt.Printf("not ok %s: %s\n", one.name, strings.Join(strings.Fields(fmt.Sprint(failure)), " "))
			well = false
		}
	}()
	one.run()
	fmt.Println("ok", one.name)
	return true
}

func (c checks) anAssistantLivesFromCreationToDeletion() {
	made := must(c.client.CreateAssistant("Tutor", []Tool{Function, Code, Search}, nil))
	same(must(c.client.AssistantName(made)), "Tutor")
	well(c.client.RenameAssistant(made, "Teacher"))
	same(must(c.client.AssistantName(made)), "Teacher")
	holds(slices.Contains(must(c.client.Assistants(100)), made), "it is not among the newest")
	same(must(c.client.DeleteAssistant(made)), true)
	_, err := c.client.AssistantName(made)
	c.isNotFound(err)
}

func (c checks) aThreadLivesFromCreationToDeletion() {
	made := must(c.client.CreateThread(nil))
	same(must(c.client.RetrieveThread(made)), made)
	same(must(c.client.DeleteThread(made)), true)
	_, err := c.client.RetrieveThread(made)
	c.isNotFound(err)
}

func (c checks) messagesAreListedInBothOrders() {
	thread := must(c.client.CreateThread([]string{"One.", "Two."}))
	well(c.client.CreateMessage(thread, "Three."))
	same(texts(must(c.client.Messages(thread, "asc"))), "One. Two. Three.")
	same(texts(must(c.client.Messages(thread, "desc"))), "Three. Two. One.")
}

func (c checks) aRunIsPolledToItsEnd() {
	run := c.polled(must(c.client.CreateRun(c.thread(saying), c.assistant())))
	same(run.Status, "completed")
	same(c.steps(run), "message_creation")
	said := c.newest(run.Thread)
	same(said.Role+": "+said.Text, "assistant: "+words)
}

func (c checks) aRunIsStreamedWhole() {
	thread := c.thread(saying)
	events := must(c.streaming.StreamRun(thread, c.assistant()))
	same(names(events), "thread.run.created "+strings.Join(eventsOfAText, " "))
	same(joined(events, func(e Event) string { return e.Text }), words)
	same(c.newest(thread).Text, words)
}

func (c checks) aFunctionIsAnswered() {
	run := c.waiting()
	c.isTheCall(run)
	same(c.polled(must(c.client.Submit(run, run.Calls[0].ID, "sunny"))).Status, "completed")
	same(c.newest(run.Thread).Text, "It is sunny.")
	same(c.steps(run), "tool_calls message_creation")
}

func (c checks) aFunctionIsAnsweredInStreams() {
	asked := must(c.streaming.StreamRun(c.thread(calling), c.assistant(Function)))
	last := asked[len(asked)-1]
	same(last.Name, "thread.run.requires_action")
	same(compact(joined(asked, func(e Event) string { return e.Arguments })), arguments)
	c.isTheCall(last.Run)
	answered := must(c.streaming.StreamSubmit(last.Run, last.Run.Calls[0].ID, "sunny"))
	same(names(answered), "thread.run.step.completed "+strings.Join(eventsOfAText, " "))
	same(joined(answered, func(e Event) string { return e.Text }), "It is sunny.")
}

func (c checks) aRunThatWaitsIsCancelled() {
	run := must(c.client.CancelRun(c.waiting()))
	same(c.polled(run, "requires_action").Status, "cancelled")
}

func (c checks) aFileLivesFromUploadToDeletion() {
	made := must(c.client.Upload("größe 文件.txt", tides))
	same(must(c.client.FileName(made)), "größe 文件.txt")
	well(c.client.DeleteFile(made))
	_, err := c.client.FileName(made)
	c.isNotFound(err)
}

func (c checks) aFileOfAStoreIsFoundAndCited() {
	file := must(c.client.Upload("tides.txt", tides))
	store := must(c.client.CreateStore("Harbour"))
	well(c.client.AddToStore(store, file))
	status := until(func() string { return must(c.client.StatusInStore(store, file)) },
		func(seen string) bool { return seen != "in_progress" })
	same(status, "completed")

	helper := must(c.client.CreateAssistant("Harbour master", []Tool{Search}, []string{store}))
	run := c.polled(must(c.client.CreateRun(c.thread("When does the ferry wait for the tide?"), helper)))
	same(run.Status, "completed")
	same(c.steps(run), "tool_calls message_creation")
	same(strings.Join(c.newest(run.Thread).Files, " "), file)

	well(c.client.DeleteFile(file))
	same(must(c.client.DeleteStore(store)), true)
}

func (c checks) aFileThatCodeWroteIsDownloaded() {
	run := c.polled(must(c.client.CreateRun(c.thread(coding), c.assistant(Code))))
	same(run.Status, "completed")
	files := c.newest(run.Thread).Files
	same(len(files), 1)
	same(must(c.client.Content(files[0])), "a,b")
}

func (c checks) whatThereIsNotIsNotFound() {
	_, err := c.client.CreateRun("thread_none", c.assistant())
	c.isNotFound(err)
}

func (c checks) assistant(tools ...Tool) string {
	return must(c.client.CreateAssistant("Tutor", tools, nil))
}

func (c checks) thread(text string) string { return must(c.client.CreateThread([]string{text})) }

func (c checks) waiting() Run {
	run := c.polled(must(c.client.CreateRun(c.thread(calling), c.assistant(Function))))
	same(run.Status, "requires_action")
	return run
}

func (c checks) isTheCall(run Run) {
	same(len(run.Calls), 1)
	same(run.Calls[0].Name+compact(run.Calls[0].Arguments), "get_weather"+arguments)
}

func (c checks) polled(run Run, more ...string) Run {
	onTheWay := append([]string{"queued", "in_progress", "cancelling"}, more...)
	return until(func() Run { return must(c.client.RetrieveRun(run)) },
		func(seen Run) bool { return !slices.Contains(onTheWay, seen.Status) })
}

func (c checks) newest(thread string) Message { return must(c.client.Messages(thread, "desc"))[0] }

func (c checks) steps(run Run) string { return strings.Join(must(c.client.StepTypes(run)), " ") }

func (c checks) isNotFound(err error) {
	holds(err != nil, "it is there")
	same(c.client.StatusOf(err), 404)
}

func until[T any](seen func() T, there func(T) bool) T {
	end := time.Now().Add(patience)
	now := seen()
	for !there(now) {
		holds(time.Now().Before(end), fmt.Sprintf("it is still %v", now))
		time.Sleep(interval)
		now = seen()
	}
	return now
}

func texts(messages []Message) string {
	var all []string
	for _, one := range messages {
		all = append(all, one.Text)
	}
	return strings.Join(all, " ")
}

func joined(events []Event, part func(Event) string) string {
	var all strings.Builder
	for _, one := range events {
		all.WriteString(part(one))
	}
	return all.String()
}

// Without the repetition of one that follows itself.
func names(events []Event) string {
	var all []string
	for _, one := range events {
		all = append(all, one.Name)
	}
	return strings.Join(slices.Compact(all), " ")
}

func compact(json string) string { return strings.ReplaceAll(json, " ", "") }

func must[T any](value T, err error) T {
	well(err)
	return value
}

func well(err error) {
	if err != nil {
		panic(err)
	}
}

func same[T comparable](actual, expected T) {
	holds(actual == expected, fmt.Sprintf("expected %v, got %v", expected, actual))
}

func holds(condition bool, otherwise string) {
	if !condition {
		panic(otherwise)
	}
}
