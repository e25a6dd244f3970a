// github.com/sashabaranov/go-openai, the most used Go client before there was an official one. It streams no runs.
package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/sashabaranov/go-openai"

	"threadwell.dev/probes/checks"
)

type client struct {
	*openai.Client
	ctx context.Context
}

func main() {
	config := openai.DefaultConfig(os.Getenv("OPENAI_API_KEY"))
	config.BaseURL = os.Getenv("OPENAI_BASE_URL")
	checks.Of(client{openai.NewClientWithConfig(config), context.Background()})
}

func (c client) CreateAssistant(name string, tools []checks.Tool, stores []string) (string, error) {
	instructions := "Teach."
	wanted := openai.AssistantRequest{Model: "gpt-4o", Name: &name, Instructions: &instructions}
	for _, tool := range tools {
		asked := openai.AssistantTool{Type: openai.AssistantToolType(tool)}
		if tool == checks.Function {
			asked.Function = &openai.FunctionDefinition{
				Name: "get_weather", Description: "Tells the weather.", Parameters: checks.Parameters(),
			}
		}
		wanted.Tools = append(wanted.Tools, asked)
	}
	if len(stores) > 0 {
		wanted.ToolResources = &openai.AssistantToolResource{
			FileSearch: &openai.AssistantToolFileSearch{VectorStoreIDs: stores},
		}
	}
	made, err := c.Client.CreateAssistant(c.ctx, wanted)
	return made.ID, err
}

func (c client) AssistantName(assistant string) (string, error) {
	found, err := c.RetrieveAssistant(c.ctx, assistant)
	if err != nil {
		return "", err
	}
	return *found.Name, nil
}

func (c client) RenameAssistant(assistant, name string) error {
	// This library sends the model in any case.
	_, err := c.ModifyAssistant(c.ctx, assistant, openai.AssistantRequest{Model: "gpt-4o", Name: &name})
	return err
}

func (c client) Assistants(limit int) ([]string, error) {
	page, err := c.ListAssistants(c.ctx, &limit, nil, nil, nil)
	var ids []string
	for _, one := range page.Assistants {
		ids = append(ids, one.ID)
	}
	return ids, err
}

func (c client) DeleteAssistant(assistant string) (bool, error) {
	gone, err := c.Client.DeleteAssistant(c.ctx, assistant)
	return gone.Deleted, err
}

func (c client) CreateThread(messages []string) (string, error) {
	var wanted openai.ThreadRequest
	for _, text := range messages {
		wanted.Messages = append(wanted.Messages, openai.ThreadMessage{Role: "user", Content: text})
	}
	made, err := c.Client.CreateThread(c.ctx, wanted)
	return made.ID, err
}

func (c client) RetrieveThread(thread string) (string, error) {
	found, err := c.Client.RetrieveThread(c.ctx, thread)
	return found.ID, err
}

func (c client) DeleteThread(thread string) (bool, error) {
	gone, err := c.Client.DeleteThread(c.ctx, thread)
	return gone.Deleted, err
}

func (c client) CreateMessage(thread, text string) error {
	_, err := c.Client.CreateMessage(c.ctx, thread, openai.MessageRequest{Role: "user", Content: text})
	return err
}

func (c client) Messages(thread, order string) ([]checks.Message, error) {
	page, err := c.ListMessage(c.ctx, thread, nil, &order, nil, nil, nil)
	var messages []checks.Message
	for _, one := range page.Messages {
		seen := checks.Message{Role: one.Role}
		for _, part := range one.Content {
			if part.Text == nil {
				continue
			}
			seen.Text += part.Text.Value
			for _, annotation := range part.Text.Annotations {
				seen.Files = append(seen.Files, file(annotation.(map[string]any)))
			}
		}
		messages = append(messages, seen)
	}
	return messages, err
}

// This library has no types for annotations.
func file(annotation map[string]any) string {
	named := annotation[annotation["type"].(string)].(map[string]any)
	return named["file_id"].(string)
}

func (c client) CreateRun(thread, assistant string) (checks.Run, error) {
	return seen(c.Client.CreateRun(c.ctx, thread, openai.RunRequest{AssistantID: assistant}))
}

func (c client) RetrieveRun(run checks.Run) (checks.Run, error) {
	return seen(c.Client.RetrieveRun(c.ctx, run.Thread, run.ID))
}

func (c client) CancelRun(run checks.Run) (checks.Run, error) {
	return seen(c.Client.CancelRun(c.ctx, run.Thread, run.ID))
}

func (c client) Submit(run checks.Run, call, output string) (checks.Run, error) {
	return seen(c.SubmitToolOutputs(c.ctx, run.Thread, run.ID, openai.SubmitToolOutputsRequest{
		ToolOutputs: []openai.ToolOutput{{ToolCallID: call, Output: output}},
	}))
}

func seen(run openai.Run, err error) (checks.Run, error) {
	told := checks.Run{ID: run.ID, Thread: run.ThreadID, Status: string(run.Status)}
	if run.RequiredAction != nil {
		for _, one := range run.RequiredAction.SubmitToolOutputs.ToolCalls {
			call := checks.Call{ID: one.ID, Name: one.Function.Name, Arguments: one.Function.Arguments}
			told.Calls = append(told.Calls, call)
		}
	}
	return told, err
}

func (c client) StepTypes(run checks.Run) ([]string, error) {
	oldestFirst := "asc"
	page, err := c.ListRunSteps(c.ctx, run.Thread, run.ID, openai.Pagination{Order: &oldestFirst})
	var types []string
	for _, one := range page.RunSteps {
		types = append(types, string(one.Type))
	}
	return types, err
}

func (c client) Upload(name, content string) (string, error) {
	made, err := c.CreateFileBytes(c.ctx, openai.FileBytesRequest{
		Name: name, Bytes: []byte(content), Purpose: openai.PurposeAssistants,
	})
	return made.ID, err
}

func (c client) FileName(file string) (string, error) {
	found, err := c.GetFile(c.ctx, file)
	return found.FileName, err
}

func (c client) Content(file string) (string, error) {
	response, err := c.GetFileContent(c.ctx, file)
	if err != nil {
		return "", err
	}
	defer response.Close()
	content, err := io.ReadAll(response)
	return string(content), err
}

func (c client) DeleteFile(file string) error { return c.Client.DeleteFile(c.ctx, file) }

func (c client) CreateStore(name string) (string, error) {
	made, err := c.CreateVectorStore(c.ctx, openai.VectorStoreRequest{Name: name})
	return made.ID, err
}

func (c client) AddToStore(store, file string) error {
	_, err := c.CreateVectorStoreFile(c.ctx, store, openai.VectorStoreFileRequest{FileID: file})
	return err
}

func (c client) StatusInStore(store, file string) (string, error) {
	found, err := c.RetrieveVectorStoreFile(c.ctx, store, file)
	return found.Status, err
}

func (c client) DeleteStore(store string) (bool, error) {
	gone, err := c.DeleteVectorStore(c.ctx, store)
	return gone.Deleted, err
}

func (c client) StatusOf(failure error) int {
	var refusal *openai.APIError
	if errors.As(failure, &refusal) {
		return refusal.HTTPStatusCode
	}
	return 0
}
