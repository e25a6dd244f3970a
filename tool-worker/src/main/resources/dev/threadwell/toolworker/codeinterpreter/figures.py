"""Shows the figures of matplotlib; a part of the driver's program."""

import dataclasses
import io
import sys
import weakref

CHINESE_FONT = "WenQuanYi Zen Hei"

# What code asks for that was written for other systems.
ASKED_FOR = ("SimHei", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Arial Unicode MS")


class Figures:
    """Shows the figures of matplotlib, if the code uses it."""

    def __init__(self, console):
        self.console = console
        self.drawn = weakref.WeakSet()

    def begin(self):
        """Nothing has been shown by the code that comes now."""
        self.drawn.clear()

    def show(self):
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return
        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            if figure.axes or figure.texts or figure.images or figure.artists or figure.patches:
                self.draw(figure)
        pyplot.close("all")

    def show_figure(self, value):
        """Whether it is a figure; one that is open is shown with the others, and none twice."""
        figures = sys.modules.get("matplotlib.figure")
        if figures is None or not isinstance(value, figures.Figure):
            return False
        pyplot = sys.modules.get("matplotlib.pyplot")
        is_open = pyplot is not None and pyplot.fignum_exists(getattr(value, "number", None))
        if not is_open and value not in self.drawn:
            self.draw(value)
        return True

    def draw(self, figure):
        png = io.BytesIO()
        figure.savefig(png, format="png", bbox_inches="tight")
        self.drawn.add(figure)
        self.console.image(png.getvalue())

    def prepare(self):
        """What follows works also where no chart is ever drawn."""
        import matplotlib

        matplotlib.use("agg")
        import matplotlib.font_manager as fonts
        import matplotlib.pyplot as pyplot

        known = fonts.fontManager.ttflist
        chinese = next((font for font in known if font.name == CHINESE_FONT), None)
        if chinese is not None:
            known.extend(dataclasses.replace(chinese, name=name) for name in ASKED_FOR)
        matplotlib.rcParams["font.sans-serif"] = ["DejaVu Sans", CHINESE_FONT]
        # The other fonts of a generic family are not looked into, those of a list are.
        matplotlib.rcParams["font.family"] = ["sans-serif", CHINESE_FONT]
        matplotlib.rcParams["axes.unicode_minus"] = False
        pyplot.show = lambda *_args, **_kwargs: self.show()
        figure = pyplot.figure()
        figure.text(0, 0, "ready")
        figure.savefig(io.BytesIO(), format="png")
        pyplot.close("all")
