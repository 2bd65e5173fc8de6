using KanSharp.Plotting;

namespace KanSharp.Tests.Plotting;

public class ApprovedPictureTests
{
    public static TheoryData<string> Names => [.. Gallery.Pictures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PictureIsAsApproved(string name) => Approved.Check(name + ".svg", Gallery.Pictures[name]().ToSvg());

    [Fact]
    public void TerminalPictureIsAsApproved() => Approved.Check("loss.txt", TerminalChart.Write(Gallery.Loss().ToChart()));

    [Fact]
    public void ReportIsAsApproved() => Approved.Check("report.html", HtmlReportTests.Sample());
}
