"""Stands in for the package of this name, whose service needs a key: a search finds what a document shows."""

FOUND = {
    "current state of AI language models": (
        "How Large Language Models Work. From zero to ChatGPT",
        "Thanks to Large Language Models (or LLMs for short), Artificial Intelligence has now caught the attention of"
        " pretty much everyone.",
    ),
    "non-AI background programmer education needs": (
        "Looking for a career shift into programming and from what I ...",
        "I just told you what you need. An undergrad degree and preferably a master's degree. Very few legitimate"
        " opportunities will even pick up the ...",
    ),
}


class GoogleSearch:
    def __init__(self, parameters):
        self.query = parameters["q"]

    def get_dict(self):
        title, snippet = FOUND[self.query]
        return {"organic_results": [{"title": title, "snippet": snippet}]}


def found(query):
    """As the document's function makes a text of it."""
    title, snippet = FOUND[query]
    return f"title: {title}\nsnippet: {snippet}\n\n"
