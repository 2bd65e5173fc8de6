using KanSharp.Autodiff;
using KanSharp.Interchange.Lowering;
using KanSharp.Layers;
using KanSharp.Training;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>A model with rows and what it predicts for them itself, in double precision.</summary>
internal sealed record SourceCase(string Name, LoweredModel Model, double[] X, double[] Y)
{
    private const int Rows = 12;

    /// <summary>Largest difference that rounding explains, as a share of the largest prediction or of 1.</summary>
    public double Tolerance => Model.IsSingle ? 1e-5 : 1e-12;

    /// <summary>A bare network.</summary>
    public static SourceCase Of<T>(string name, Module<T> network, int features, RandomValues random, double spread = 1.2)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double[] x = Inputs<T>(features, random, spread);
        var input = new Tensor<T>(new Shape(Rows, features), Array.ConvertAll(x, T.CreateTruncating));
        Tensor<T> y = network.Predict(input);
        return new SourceCase(name, ModelLowering.Of(network), x, Array.ConvertAll(y.Span.ToArray(), double.CreateTruncating));
    }

    /// <summary>A model for tables.</summary>
    public static SourceCase Of<T>(string name, TabularModel<T> model, RandomValues random)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double[] x = Inputs<T>(model.Encoding.Inputs, random, 3);
        return new SourceCase(name, ModelLowering.Of(model), x, model.Predict(x));
    }

    /// <summary>Largest difference as a share of the largest prediction, or of 1 where that is below 1.</summary>
    public double Error(ReadOnlySpan<double> actual)
    {
        Assert.Equal(Y.Length, actual.Length);
        double largest = 1, error = 0;
        for (int index = 0; index < Y.Length; index++)
        {
            Assert.True(double.IsFinite(Y[index]), $"{Name}: a prediction is {Y[index]}");
            largest = Math.Max(largest, Math.Abs(Y[index]));
            error = double.IsNaN(actual[index]) ? double.PositiveInfinity : Math.Max(error, Math.Abs(actual[index] - Y[index]));
        }

        return error / largest;
    }

    private static double[] Inputs<T>(int features, RandomValues random, double spread)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double[] x = new double[Rows * features];
        for (int index = 0; index < x.Length; index++)
            x[index] = double.CreateTruncating(T.CreateTruncating(random.Normal(spread)));
        return x;
    }
}
