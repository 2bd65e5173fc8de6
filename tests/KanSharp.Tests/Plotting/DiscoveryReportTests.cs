using System.Xml.Linq;
using KanSharp.Interpretation;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class DiscoveryReportTests
{
    private const string Space = "http://www.w3.org/1998/Math/MathML";
    private static readonly XNamespace Math = Space;

    [Fact]
    public void ReportIsAsApproved() => Approved.Check("discovery.html", Sample().Write());

    [Fact]
    public void IsOneFileWithoutScriptsOrReferences()
    {
        string html = Sample().Write();
        XDocument page = XDocument.Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.Equal(3, page.Descendants(Math + "math").Count());
        Assert.Equal(10, page.Descendants().Count(element => element.Name.LocalName == "svg"));
        Assert.All(page.Descendants().Where(element => element.Name.LocalName == "svg"), svg => Assert.Equal("img", svg.Attribute("role")?.Value));
    }

    [Fact]
    public void HeadingsFollowEachOther()
    {
        int[] levels = [.. XDocument.Parse(Sample().Write()).Descendants().Where(element => element.Name.LocalName is "h1" or "h2" or "h3").Select(heading => heading.Name.LocalName[1] - '0')];
        Assert.Equal(1, levels[0]);
        for (int i = 1; i < levels.Length; i++)
            Assert.InRange(levels[i], 2, levels[i - 1] + 1);
    }

    [Fact]
    public void OnlyWhatIsGivenIsWritten()
    {
        var report = new DiscoveryReport { Title = "Nothing", Formulas = [] };
        string html = report.Write();
        Assert.Contains("No formula was found.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>", html, StringComparison.Ordinal);
        Assert.Contains("No formula was picked", (report with { Formulas = [new ReportFormula { Text = "x", Complexity = 1, Rmse = 1 }] }).Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void HostileNamesStayText()
    {
        const string hostile = "</code><script>alert(1)</script>\"'&amp;";
        DiscoveryReport sample = Sample();
        string html = (sample with
        {
            Title = hostile,
            Target = hostile,
            ErrorRows = hostile,
            Formulas = [new ReportFormula { Text = hostile, Complexity = 3, Rmse = 0.1, Origin = hostile }],
            Pick = 0,
            Columns = [new ReportColumn { Name = hostile, Role = hostile, Values = [1] }],
            Choices = [(hostile, hostile)],
            Notes = [hostile],
            Steps = [new ReportStep(hostile, hostile, 1, 1)],
            Attribution = [(hostile, 1)],
            Structure = new TreeDiagram { Root = new TreeBox { Label = hostile } },
            Networks = [(sample.Networks[0].Diagram with { InputNames = [hostile, hostile], OutputNames = [hostile] }, hostile)],
        }).Write();
        XDocument page = XDocument.Parse(html);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(hostile, page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("code"), code => code.Value == hostile);
    }

    [Fact]
    public void TheDataTableCountsAndMeasures()
    {
        string html = new DiscoveryReport { Title = "t", Formulas = [], Columns = [new ReportColumn { Name = "x", Role = "feature", Values = [1, 3, double.NaN, 5] }] }.Write();
        string[] cells = [.. XDocument.Parse(html).Descendants("td").Select(cell => cell.Value)];
        Assert.Equal(["x", "feature", "4", "1", "1", "3", "5", "1.633"], cells);
    }

    [Fact]
    public void MathMlIsCleaned()
    {
        Assert.Equal(
            $"<math xmlns=\"{Space}\" display=\"block\"><mi mathvariant=\"normal\">a&lt;b</mi><mspace width=\"1em\"></mspace></math>",
            MathMarkup.Clean("<math display=\"block\" onclick=\"x()\"><mi mathvariant=\"normal\" href=\"http://x\">a&lt;b</mi><!-- no --><mspace width=\"1em\"/></math>"));
        Assert.Contains("<mi>&lt;script&gt;</mi>", new HtmlReport("t").Formula("<math><mi><![CDATA[<script>]]></mi></math>").Write(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x + 1")]
    [InlineData("<math><mi>x</math>")]
    [InlineData("<math></math><math></math>")]
    [InlineData("<mi>x</mi>")]
    [InlineData("<math><script>alert(1)</script></math>")]
    [InlineData("<math><annotation-xml encoding=\"text/html\"><mi>x</mi></annotation-xml></math>")]
    [InlineData("<math><mi><math></math></mi></math>")]
    [InlineData("<!DOCTYPE math [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><math><mi>&e;</mi></math>")]
    public void OtherMarkupIsRefused(string markup) =>
        Assert.StartsWith("MathML: ", Assert.Throws<ArgumentException>(() => MathMarkup.Clean(markup)).Message, StringComparison.Ordinal);

    [Fact]
    public void WrongInputIsNamed()
    {
        DiscoveryReport report = Sample();
        Refused(report with { Pick = 3 }, "Pick: 3; allowed are 0 to 2");
        Refused(report with { Predicted = [1] }, "Predicted: 1 values; expected 120");
        Refused(report with { Formulas = [report.Formulas[0] with { MathMl = "x" }], Pick = null }, "MathML");
    }

    internal static DiscoveryReport Sample()
    {
        double[] actual = [.. Enumerable.Range(0, 120).Select(i => System.Math.Exp(System.Math.Sin(i * 0.4)))];
        double[] loss = [.. Enumerable.Range(0, 60).Select(i => System.Math.Exp(-i / 6.0) + 1e-5)];
        return new DiscoveryReport
        {
            Title = "f from hello.csv",
            Target = "f",
            ErrorRows = "150 test rows",
            Pick = 1,
            Formulas =
            [
                new ReportFormula { Text = "1.45", Complexity = 1, Rmse = 0.91, R2 = 0 },
                new ReportFormula
                {
                    Text = "exp(sin(pi*x) + y^2)",
                    MathMl = "<math display=\"block\"><mrow><mi>exp</mi><mo>(</mo><mrow><mi>sin</mi><mo>(</mo><mrow><mi>π</mi><mi>x</mi></mrow><mo>)</mo></mrow><mo>+</mo><msup><mi>y</mi><mn>2</mn></msup><mo>)</mo></mrow></math>",
                    Complexity = 9,
                    Rmse = 3.1e-15,
                    R2 = 1,
                    Origin = "network [2, 1, 1]",
                },
                new ReportFormula
                {
                    Text = "(x + 1)/(y^2 + 2)*sqrt(x)",
                    MathMl = "<math><mrow><mfrac><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mrow><msup><mi>y</mi><mn>2</mn></msup><mo>+</mo><mn>2</mn></mrow></mfrac><mo>⋅</mo><msqrt><mi>x</mi></msqrt></mrow></math>",
                    Complexity = 14,
                    Rmse = 0.12,
                    R2 = 0.9831,
                    Origin = "term search",
                },
            ],
            Columns =
            [
                new ReportColumn { Name = "x", Role = "feature", Values = [.. Enumerable.Range(0, 50).Select(i => System.Math.Sin(i))] },
                new ReportColumn { Name = "y", Role = "feature", Values = [.. Enumerable.Range(0, 50).Select(i => i == 3 ? double.NaN : System.Math.Cos(i))] },
                new ReportColumn { Name = "f", Role = "target", Values = actual[..50] },
            ],
            Choices = [("seed", "0"), ("time limit", "60 s"), ("rows", "700 training, 150 validation, 150 test")],
            Notes = ["column \"id\" was left out: every value is different."],
            Steps =
            [
                new ReportStep("fit [2, 5, 1]", "Levenberg-Marquardt, 60 steps, grid 5", 2.1e-3, 0.31),
                new ReportStep("prune", "kept 3 of 15 edges", 2.2e-3, 0.02),
                new ReportStep("symbolic", "sin, x^2, exp", 1e-7, 0.11),
                new ReportStep("polish", "3.14159 became pi", 3.1e-15, double.NaN),
            ],
            Training = new LossChart { Training = loss, Validation = [.. loss.Select(value => 1.2 * value)] },
            Networks = [(FormulaGallery.Hello(), "After pruning, with the functions that were found."), (FormulaGallery.Prunable() with { View = DiagramView.Ghosted }, "Before pruning.")],
            Attribution = [("x", 1.2), ("y", 0.7)],
            Edges = [FormulaGallery.Candidates()],
            Activations = FormulaGallery.Histograms() with { Title = "" },
            Structure = TreeDiagram.Of(
                new StructureNode(StructureKind.GeneralSeparability, [0, 1], 2.1e-7,
                [
                    new StructureNode(StructureKind.Leaf, [0], 0, []),
                    new StructureNode(StructureKind.Leaf, [1], 0, []),
                ]),
                ["x", "y"]),
            Actual = actual,
            Predicted = [.. actual.Select((value, i) => value + (1e-3 * System.Math.Cos(i * 1.7)))],
        };
    }

    private static void Refused(DiscoveryReport report, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(report.Write).Message, StringComparison.Ordinal);
}
