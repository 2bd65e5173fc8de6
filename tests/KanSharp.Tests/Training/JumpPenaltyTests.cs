using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Tests.Bases;
using KanSharp.Tests.Layers;
using KanSharp.Training.LeastSquares;

namespace KanSharp.Tests.Training;

/// <summary>Roughness of splines: jumps of the highest derivative.</summary>
public class JumpPenaltyTests
{
    private const int Intervals = 9;

    public static TheoryData<int, string> Cases
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int degree = 1; degree <= 5; degree++)
            {
                foreach (string knots in new[] { "uniform", "random", "uneven", "repeated", "clamped" })
                    data.Add(degree, knots);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Polynomials_up_to_the_degree_cost_nothing(int degree, string kind)
    {
        double[] knots = Knots(degree, kind);
        BandedTerm term = Create(degree, knots);
        double noise = term.Value([.. Enumerable.Range(0, Intervals + degree).Select(index => Math.Sin(5 * index))]);
        Assert.True(noise > 0 && double.IsFinite(noise));
        for (int power = 0; power <= degree; power++)
        {
            double[] coefficients = Polynomial(knots, degree, power);
            Assert.InRange(term.Value(coefficients) / noise, -1e-12, 1e-12);
            var gradient = new double[coefficients.Length];
            term.AddProduct(coefficients, gradient);
            Assert.All(gradient, value => Assert.InRange(Math.Abs(value) / noise, 0, 1e-9));
        }

        // the next power does cost something
        Assert.True(term.Value([.. Enumerable.Range(0, Intervals + degree).Select(index => Math.Pow(index, degree + 1))]) > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void On_uniform_knots_it_is_the_next_differences(int degree)
    {
        double[] coefficients = [.. Enumerable.Range(0, Intervals + degree).Select(index => Math.Cos(3 * index))];
        double[] differences = coefficients;
        for (int order = 0; order <= degree; order++)
            differences = [.. differences.Skip(1).Zip(differences, (after, before) => after - before)];
        double expected = differences.Sum(value => value * value);
        Assert.Equal(expected, Create(degree, Knots(degree, "uniform")).Value(coefficients), 1e-10 * expected);
    }

    [Theory]
    [InlineData(1, "random")]
    [InlineData(2, "uneven")]
    [InlineData(3, "random")]
    [InlineData(3, "clamped")]
    [InlineData(4, "random")]
    public void It_is_the_sum_of_squared_jumps(int degree, string kind)
    {
        double[] knots = Knots(degree, kind);
        double[] coefficients = [.. Enumerable.Range(0, Intervals + degree).Select(index => Math.Cos(3 * index))];
        double Highest(int cell)
        {
            double middle = (knots[degree + cell] + knots[degree + cell + 1]) / 2;
            return NaiveBSpline.All(knots, degree, middle, degree).Zip(coefficients, (b, c) => b * c).Sum();
        }

        double scale = Math.Pow((knots[degree + Intervals] - knots[degree]) / Intervals, degree);
        double expected = Enumerable.Range(1, Intervals - 1).Sum(cell => Math.Pow(scale * (Highest(cell) - Highest(cell - 1)), 2));
        Assert.Equal(expected, Create(degree, knots).Value(coefficients), 1e-9 * expected);
    }

    private static BandedTerm Create(int degree, double[] knots)
    {
        var options = new KanLinearOptions { Basis = new BSplineOptions { Degree = degree, Intervals = Intervals } };
        KanLinear<double> layer = LayerFactory.Filled<double>(2, 1, options, 1);
        knots.CopyTo(layer.Knots.Value.Row(1));
        BandedTerm term = JumpPenalty.Create(layer, 1, 0);
        term.Weights[0] = 1;
        return term;
    }

    private static double[] Knots(int degree, string kind)
    {
        var random = new Random(4);
        double[] knots = kind switch
        {
            "random" => KnotRows.Random<double>(Intervals, degree, 2, random),
            "uneven" => KnotRows.Uneven<double>(Intervals, degree, random),
            _ => KnotRows.Uniform<double>(Intervals, degree),
        };
        if (kind == "repeated")
            knots[degree + 4] = knots[degree + 3];
        for (int index = 0; index < degree && kind == "clamped"; index++)
            (knots[index], knots[^(index + 1)]) = (knots[degree], knots[^(degree + 1)]);
        return knots;
    }

    /// <summary>Coefficients of ((x − m)/w)^p, m the middle of the grid and w half its width: the polar form at the inner knots of every function.</summary>
    private static double[] Polynomial(double[] knots, int degree, int power)
    {
        double middle = (knots[degree] + knots[degree + Intervals]) / 2, half = (knots[degree + Intervals] - knots[degree]) / 2;
        var coefficients = new double[Intervals + degree];
        for (int function = 0; function < coefficients.Length; function++)
        {
            // elementary symmetric polynomials of the k inner knots
            var symmetric = new double[power + 1];
            symmetric[0] = 1;
            for (int inner = 1; inner <= degree; inner++)
            {
                double knot = (knots[function + inner] - middle) / half;
                for (int order = Math.Min(inner, power); order >= 1; order--)
                    symmetric[order] += knot * symmetric[order - 1];
            }

            double choices = 1;
            for (int order = 1; order <= power; order++)
                choices *= (degree - order + 1.0) / order;
            coefficients[function] = symmetric[power] / choices;
        }

        return coefficients;
    }
}
