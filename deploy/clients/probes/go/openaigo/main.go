// The official Go SDK, github.com/openai/openai-go/v3.
package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/ssestream"
	"github.com/openai/openai-go/v3/shared"

	"threadwell.dev/probes/checks"
)

type client struct {
	openai.Client
	ctx context.Context
}

func main() {
	// Reads where and who from the environment.
	checks.Of(client{openai.NewClient(), context.Background()})
}

func (c client) CreateAssistant(name string, tools []checks.Tool, stores []string) (string, error) {
	wanted := openai.BetaAssistantNewParams{
		Model: "gpt-4o", Name: openai.String(name), Instructions: openai.String("Teach."),
	}
	for _, tool := range tools {
		switch tool {
		case checks.Function:
			wanted.Tools = append(wanted.Tools, openai.AssistantToolParamOfFunction(shared.FunctionDefinitionParam{
				Name: "get_weather", Description: openai.String("Tells the weather."), Parameters: checks.Parameters(),
			}))
		case checks.Code:
			wanted.Tools = append(wanted.Tools,
				openai.AssistantToolUnionParam{OfCodeInterpreter: &openai.CodeInterpreterToolParam{}})
		case checks.Search:
			wanted.Tools = append(wanted.Tools,
				openai.AssistantToolUnionParam{OfFileSearch: &openai.FileSearchToolParam{}})
		}
	}
	if len(stores) > 0 {
		wanted.ToolResources.FileSearch.VectorStoreIDs = stores
	}
	made, err := c.Beta.Assistants.New(c.ctx, wanted)
	return idOf(made, err)
}

func (c client) AssistantName(assistant string) (string, error) {
	found, err := c.Beta.Assistants.Get(c.ctx, assistant)
	if err != nil {
		return "", err
	}
	return found.Name, nil
}

func (c client) RenameAssistant(assistant, name string) error {
	_, err := c.Beta.Assistants.Update(c.ctx, assistant, openai.BetaAssistantUpdateParams{Name: openai.String(name)})
	return err
}

func (c client) Assistants(limit int) ([]string, error) {
	page, err := c.Beta.Assistants.List(c.ctx, openai.BetaAssistantListParams{Limit: openai.Int(int64(limit))})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, one := range page.Data {
		ids = append(ids, one.ID)
	}
	return ids, nil
}

func (c client) DeleteAssistant(assistant string) (bool, error) {
	gone, err := c.Beta.Assistants.Delete(c.ctx, assistant)
	return err == nil && gone.Deleted, err
}

func (c client) CreateThread(messages []string) (string, error) {
	var wanted openai.BetaThreadNewParams
	for _, text := range messages {
		wanted.Messages = append(wanted.Messages, openai.BetaThreadNewParamsMessage{
			Role:    "user",
			Content: openai.BetaThreadNewParamsMessageContentUnion{OfString: openai.String(text)},
		})
	}
	made, err := c.Beta.Threads.New(c.ctx, wanted)
	if err != nil {
		return "", err
	}
	return made.ID, nil
}

func (c client) RetrieveThread(thread string) (string, error) {
	found, err := c.Beta.Threads.Get(c.ctx, thread)
	if err != nil {
		return "", err
	}
	return found.ID, nil
}

func (c client) DeleteThread(thread string) (bool, error) {
	gone, err := c.Beta.Threads.Delete(c.ctx, thread)
	return err == nil && gone.Deleted, err
}

func (c client) CreateMessage(thread, text string) error {
	_, err := c.Beta.Threads.Messages.New(c.ctx, thread, openai.BetaThreadMessageNewParams{
		Role:    "user",
		Content: openai.BetaThreadMessageNewParamsContentUnion{OfString: openai.String(text)},
	})
	return err
}

func (c client) Messages(thread, order string) ([]checks.Message, error) {
	page, err := c.Beta.Threads.Messages.List(c.ctx, thread,
		openai.BetaThreadMessageListParams{Order: openai.BetaThreadMessageListParamsOrder(order)})
	if err != nil {
		return nil, err
	}
	var messages []checks.Message
	for _, one := range page.Data {
		seen := checks.Message{Role: string(one.Role)}
		for _, part := range one.Content {
			seen.Text += part.Text.Value
			for _, annotation := range part.Text.Annotations {
				// Of a union, only the one that was sent is not empty.
				seen.Files = append(seen.Files, annotation.FilePath.FileID+annotation.FileCitation.FileID)
			}
		}
		messages = append(messages, seen)
	}
	return messages, nil
}

func (c client) CreateRun(thread, assistant string) (checks.Run, error) {
	return seen(c.Beta.Threads.Runs.New(c.ctx, thread, openai.BetaThreadRunNewParams{AssistantID: assistant}))
}

func (c client) RetrieveRun(run checks.Run) (checks.Run, error) {
	return seen(c.Beta.Threads.Runs.Get(c.ctx, run.Thread, run.ID))
}

func (c client) CancelRun(run checks.Run) (checks.Run, error) {
	return seen(c.Beta.Threads.Runs.Cancel(c.ctx, run.Thread, run.ID))
}

func (c client) Submit(run checks.Run, call, output string) (checks.Run, error) {
	return seen(c.Beta.Threads.Runs.SubmitToolOutputs(c.ctx, run.Thread, run.ID, outputs(call, output)))
}

func (c client) StreamRun(thread, assistant string) ([]checks.Event, error) {
	return heard(c.Beta.Threads.Runs.NewStreaming(c.ctx, thread,
		openai.BetaThreadRunNewParams{AssistantID: assistant}))
}

func (c client) StreamSubmit(run checks.Run, call, output string) ([]checks.Event, error) {
	return heard(c.Beta.Threads.Runs.SubmitToolOutputsStreaming(c.ctx, run.Thread, run.ID, outputs(call, output)))
}

func outputs(call, output string) openai.BetaThreadRunSubmitToolOutputsParams {
	return openai.BetaThreadRunSubmitToolOutputsParams{
		ToolOutputs: []openai.BetaThreadRunSubmitToolOutputsParamsToolOutput{
			{ToolCallID: openai.String(call), Output: openai.String(output)},
		},
	}
}

func seen(run *openai.Run, err error) (checks.Run, error) {
	if err != nil {
		return checks.Run{}, err
	}
	return checks.Run{
		ID: run.ID, Thread: run.ThreadID, Status: string(run.Status), Calls: calls(run.RequiredAction),
	}, nil
}

func calls(action openai.RunRequiredAction) []checks.Call {
	var calls []checks.Call
	for _, one := range action.SubmitToolOutputs.ToolCalls {
		calls = append(calls, checks.Call{ID: one.ID, Name: one.Function.Name, Arguments: one.Function.Arguments})
	}
	return calls
}

func heard(stream *ssestream.Stream[openai.AssistantStreamEventUnion]) ([]checks.Event, error) {
	defer stream.Close()
	var events []checks.Event
	for stream.Next() {
		event := checks.Event{Name: stream.Current().Event}
		switch one := stream.Current().AsAny().(type) {
		case openai.AssistantStreamEventThreadMessageDelta:
			event.Text = one.Data.Delta.Content[0].Text.Value
		case openai.AssistantStreamEventThreadRunStepDelta:
			for _, call := range one.Data.Delta.StepDetails.ToolCalls {
				event.Arguments += call.Function.Arguments
			}
		case openai.AssistantStreamEventThreadRunRequiresAction:
			event.Run, _ = seen(&one.Data, nil)
		}
		events = append(events, event)
	}
	return events, stream.Err()
}

func (c client) StepTypes(run checks.Run) ([]string, error) {
	page, err := c.Beta.Threads.Runs.Steps.List(c.ctx, run.Thread, run.ID,
		openai.BetaThreadRunStepListParams{Order: "asc"})
	if err != nil {
		return nil, err
	}
	var types []string
	for _, one := range page.Data {
		types = append(types, string(one.Type))
	}
	return types, nil
}

func (c client) Upload(name, content string) (string, error) {
	made, err := c.Files.New(c.ctx, openai.FileNewParams{
		File:    openai.File(strings.NewReader(content), name, "text/plain"),
		Purpose: openai.FilePurposeAssistants,
	})
	if err != nil {
		return "", err
	}
	return made.ID, nil
}

func (c client) FileName(file string) (string, error) {
	found, err := c.Files.Get(c.ctx, file)
	if err != nil {
		return "", err
	}
	return found.Filename, nil
}

func (c client) Content(file string) (string, error) {
	response, err := c.Files.Content(c.ctx, file)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return string(content), err
}

func (c client) DeleteFile(file string) error {
	_, err := c.Files.Delete(c.ctx, file)
	return err
}

func (c client) CreateStore(name string) (string, error) {
	made, err := c.VectorStores.New(c.ctx, openai.VectorStoreNewParams{Name: openai.String(name)})
	if err != nil {
		return "", err
	}
	return made.ID, nil
}

func (c client) AddToStore(store, file string) error {
	_, err := c.VectorStores.Files.New(c.ctx, store, openai.VectorStoreFileNewParams{FileID: file})
	return err
}

func (c client) StatusInStore(store, file string) (string, error) {
	found, err := c.VectorStores.Files.Get(c.ctx, store, file)
	if err != nil {
		return "", err
	}
	return string(found.Status), nil
}

func (c client) DeleteStore(store string) (bool, error) {
	gone, err := c.VectorStores.Delete(c.ctx, store)
	return err == nil && gone.Deleted, err
}

func (c client) StatusOf(failure error) int {
	var refusal *openai.Error
	if errors.As(failure, &refusal) {
		return refusal.StatusCode
	}
	return 0
}

func idOf(made *openai.Assistant, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return made.ID, nil
}
