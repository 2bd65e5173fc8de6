using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Tests.Autodiff;

namespace KanSharp.Tests.Layers;

/// <summary>pykan's own way to refine and to refit, which other tests compare with pykan itself where its values are at hand.</summary>
public class PykanRefinementTests
{
    private static KanLinear<double> Layer() =>
        LayerFactory.Filled<double>(2, 3, new KanLinearOptions { Basis = new BSplineOptions { Intervals = 3, Outside = OutsideGrid.Zero } }, 4, uniform: true);

    [Fact]
    public void With_samples_everywhere_and_nested_knots_the_function_stays()
    {
        KanLinear<double> layer = Layer();
        Tensor<double> x = Check.Sample<double>(new Shape(400, 2), 1, -1, 1);
        KanLinear<double> refined = PykanRefinement.Refine(layer, 6, x);
        Assert.Equal(6, refined.Options.Spline.Intervals);
        Assert.Equal(new Shape(2, 9, 3), refined.Coefficients.Shape);
        for (int j = 0; j <= 6; j++)
            Assert.Equal(-1 + j / 3.0, refined.Knots.Value[1, 3 + j], 1e-14);
        Check.Close<double>(Run(layer, x), Run(refined, x), 1e-9);
    }

    [Fact]
    public void Where_there_are_no_samples_it_does_not()
    {
        KanLinear<double> layer = Layer();
        KanLinear<double> refined = PykanRefinement.Refine(layer, 6, Check.Sample<double>(new Shape(50, 2), 1, -1, -0.5));
        Tensor<double> elsewhere = Check.Sample<double>(new Shape(50, 2), 1, 0.5, 1);
        Assert.True(Run(layer, elsewhere).Zip(Run(refined, elsewhere), (a, b) => Math.Abs(a - b)).Max() > 0.01);
    }

    [Fact]
    public void Knots_follow_the_old_ones_over_their_index()
    {
        KanLinear<double> layer = Layer();
        double[] grid = [-3, -2.5, -2, -1, 0, 0.2, 1, 1.5, 2, 3];
        grid.CopyTo(layer.Knots.Value.Row(0));
        KanLinear<double> refined = PykanRefinement.Refine(layer, 2, Check.Sample<double>(new Shape(100, 2), 1, -1, 1));
        double[] expected = [-4, -3, -2, -1, 0.1, 1, 2, 3, 4];
        Check.Close<double>(expected, refined.Knots.Value.Row(0), 1e-14);
    }

    [Theory]
    [InlineData(GridRefit.PykanSamples)]
    [InlineData(GridRefit.PykanGrid)]
    public void A_grid_update_with_enough_samples_keeps_a_cubic(GridRefit refit)
    {
        // a spline that is one polynomial is in every spline space over its own range
        KanLinear<double> layer = Layer();
        for (int i = 0; i < 2; i++)
        {
            for (int n = 0; n < 6; n++)
            {
                for (int o = 0; o < 3; o++)
                    layer.Coefficients.Value[i, n, o] = 0.5 - 0.3 * (o + 1) * (n - 2.5);
            }
        }

        Tensor<double> x = Check.Sample<double>(new Shape(300, 2), 2, -0.9, 0.7);
        KanLinear<double> line = layer.Clone();
        GridUpdate.Apply(layer, x, new GridUpdateOptions { Convention = GridConvention.Pykan, Refit = refit });
        Assert.Equal(x.Span.ToArray().Where((_, index) => index % 2 == 0).Max(), layer.Knots.Value[0, 6], 1e-14);

        // at the last knot pykan's splines vanish: the largest samples are not compared
        Tensor<double> inside = Check.Sample<double>(new Shape(300, 2), 3, -0.8, 0.6);
        Check.Close<double>(Run(line, inside), Run(layer, inside), 1e-7);
    }

    [Fact]
    public void Wrong_samples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PykanRefinement.Refine(Layer(), 5, new Tensor<double>(new Shape(4, 3))));
        Assert.Throws<ArgumentException>(() => PykanRefinement.Refine(Layer(), 5, new Tensor<double>(new Shape(0, 2))));
        Assert.Throws<ArgumentOutOfRangeException>(() => PykanRefinement.Refine(Layer(), 0, new Tensor<double>(new Shape(4, 2))));
    }

    private static double[] Run(KanLinear<double> layer, Tensor<double> x) => layer.Forward(new Tape<double>().Constant(x)).Values.ToArray();
}
