using KanSharp.Data;
using KanSharp.Equations;
using KanSharp.Equations.Text;

namespace KanSharp.Tests.Equations.Text;

public sealed class MeasuredDataTests
{
    private static readonly EquationProblem Problem = EquationText.Parse("u_t = D*u_xx; v_t = u", "x=0..1, t=0..1", coefficients: "D=1");

    [Fact]
    public void Columns_have_the_names_of_variables_and_unknowns()
    {
        Table table = new([new("t", [0.1, 0.2, 0.3]), new("x", [0.5, 0.6, 0.7]), new("u", [1, double.NaN, 3]), new("v", [4, 5, 6]), new("note", [0, 0, 0])]);
        IReadOnlyList<Observations> data = MeasuredData.Of(table, Problem, 2);
        Assert.Equal(["u", "v"], data.Select(one => one.Unknown));
        Assert.Equal([1.0, 3], data[0].Values);
        Assert.Equal([0.5, 0.1, 0.7, 0.3], data[0].Points.Span.ToArray());
        Assert.Equal(3, data[1].Values.Count);
        Assert.All(data, one => Assert.Equal(2, one.Weight));
    }

    [Fact]
    public void Explains_what_is_missing()
    {
        TableColumn x = new("x", [0.5]), t = new("t", [0.1]), u = new("u", [1.0]);
        Assert.Contains("no such column", Assert.Throws<DataFormatException>(() => MeasuredData.Of(new Table([x, u]), Problem)).Message);
        Assert.Contains("unknown (u, v)", Assert.Throws<DataFormatException>(() => MeasuredData.Of(new Table([x, t]), Problem)).Message);
        Assert.Contains("a coordinate is missing", Assert.Throws<DataFormatException>(() => MeasuredData.Of(new Table([new("x", [double.NaN]), t, u]), Problem)).Message);
        Assert.Contains("texts", Assert.Throws<DataFormatException>(() => MeasuredData.Of(new Table([x, t, new("u", (string?[])["a"])]), Problem)).Message);
    }
}
