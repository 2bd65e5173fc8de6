using System.Numerics;
using System.Text.Json;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Networks;
using KanSharp.Numerics;

namespace KanSharp.Tests.Parity;

/// <summary>Kind forward_grad: outputs, loss, gradients of the input and of every parameter, basis values, hidden activations.</summary>
internal static class EfficientKanForward
{
    public static void Check(VectorCase vector)
    {
        foreach (SimdWidth width in SimdWidths.All)
        {
            if (vector.IsSingle)
            {
                Check<float>(vector, width, 1e-4);
            }
            else
            {
                Check<double>(vector, width, 1e-9);
            }
        }
    }

    private static void Check<T>(VectorCase vector, SimdWidth width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (KanNetwork<T> network, string[] prefixes) = EfficientKanModel.Network<T>(vector);
        using var executor = new Executor(2, width);
        var hidden = new HiddenValues<T>();
        var tape = new Tape<T>(executor) { Observer = hidden };
        Tensor<T> cotangent = vector.Tensor("cotangent", "y").Cast<T>();
        Var<T> x = tape.Input(vector.Tensor("inputs", "x").Cast<T>());
        Var<T> y = network.Forward(x);
        Assert.Equal(vector.Tensor("outputs", "y").Shape, y.Shape);
        Compare.Close("y", vector.Tensor("outputs", "y"), y.Values, tolerance);
        double loss = 0;
        for (int index = 0; index < cotangent.Shape.Count; index++)
            loss += double.CreateTruncating(cotangent.Span[index] * y.Values[index]);
        Compare.Close("loss", vector.Root.GetProperty("loss").GetDouble(), loss, tolerance);
        tape.Backward(y, cotangent.Span);
        JsonElement gradients = vector.Root.GetProperty("grads");
        Compare.Close("grad x", VectorCase.Tensor(gradients.GetProperty("x")), x.Gradient, tolerance);
        for (int layer = 0; layer < prefixes.Length; layer++)
            EfficientKanModel.CompareLayer("grad", network.Layers[layer], gradients, prefixes[layer], gradients: true, tolerance);
        if (vector.Has("expect", "hidden"))
        {
            int layer = 0;
            foreach (JsonElement expected in vector.Expect.GetProperty("hidden").EnumerateArray())
                Compare.Close($"hidden {layer}", VectorCase.Tensor(expected), hidden.Outputs[layer++].Span, tolerance);
        }

        if (vector.Has("expect", "b_splines"))
            CheckBasis(vector, network, tolerance);
    }

    private static void CheckBasis<T>(VectorCase vector, KanNetwork<T> network, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensor<double> expected = vector.Tensor("expect", "b_splines");
        Tensor<T> x = vector.Tensor("inputs", "x").Cast<T>();
        var actual = new T[expected.Shape.Count];
        int count = expected.Shape[2];
        for (int input = 0; input < expected.Shape[1]; input++)
        {
            var basis = new BSpline<T>(network.Layers[0].Knots.Value.Row(input), network.Layers[0].Options.Spline.Degree, OutsideGrid.Zero);
            for (int row = 0; row < expected.Shape[0]; row++)
                basis.Evaluate(x[row, input], actual.AsSpan((row * expected.Shape[1] + input) * count, count));
        }

        Compare.Close<T>("b_splines", expected, actual, tolerance);
    }

    private sealed class HiddenValues<T> : ITapeObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public List<Tensor<T>> Outputs { get; } = [];

        public void Enter(object layer, Var<T> x)
        {
        }

        public void Leave(object layer, Var<T> x, Var<T> y) => Outputs.Add(y.ToTensor());
    }
}
