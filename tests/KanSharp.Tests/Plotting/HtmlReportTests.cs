using System.Xml.Linq;
using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class HtmlReportTests
{
    [Fact]
    public void IsWellFormedWithoutScriptsOrReferences()
    {
        string html = Sample();
        XDocument page = XDocument.Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src");
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.Single(page.Descendants(), element => element.Name.LocalName == "svg");
    }

    [Fact]
    public void HostileTextStaysText()
    {
        string hostile = "</style><script>alert(1)</script>&amp;";
        string html = new HtmlReport(hostile).Heading(hostile).Paragraph(hostile).Code(hostile + "\nsecond line")
            .Table([hostile], [[hostile]]).KeyValues([(hostile, hostile)])
            .Figure(new Chart { Title = hostile }.Draw(), hostile).Write();
        XDocument page = XDocument.Parse(html);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(hostile, page.Descendants("h1").Single().Value);
        Assert.Equal(hostile, page.Descendants("td").Single().Value);
        Assert.Equal(hostile + "\nsecond line", page.Descendants("pre").Single().Value);
        Assert.Equal(hostile, page.Descendants("figcaption").Single().Value);
    }

    [Fact]
    public void NumberColumnsStandRight()
    {
        XDocument page = XDocument.Parse(new HtmlReport("t").Table(["name", "error"], [["a", "1.5"], ["b", "2e-3"]]).Write());
        string?[] classes = [.. page.Descendants("th").Select(cell => cell.Attribute("class")?.Value)];
        Assert.Equal([null, "number"], classes);
    }

    [Fact]
    public void WrongUseIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new HtmlReport("t").Table(["a", "b"], [["1", "2"], ["3"]]));
        Assert.Contains("rows[1]: 1 values; expected 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HtmlReport("t").Heading("h", level: 1));
    }

    internal static string Sample() => new HtmlReport("KanSharp demo")
        .Paragraph("A network was trained on the airfoil data; every number below comes from samples the training did not see.")
        .Heading("Result")
        .KeyValues([("data", "airfoil, 1503 samples"), ("network", "[5, 8, 1], grid 10, degree 3"), ("seconds", "12.4")])
        .Table(["model", "RMSE", "R²"], [["KAN", "1.42", "0.958"], ["MLP", "1.98", "0.917"], ["mean", "6.9", "−0.001"]])
        .Heading("Pictures")
        .Figure(Gallery.Edge().Draw(), "One edge of the first layer.")
        .Heading("Command", 3)
        .Code("kan fit airfoil.csv --target pressure")
        .Write();
}
