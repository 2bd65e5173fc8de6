using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class LossTests
{
    private static readonly double[] Outputs = [0.3, -1.2, 2.5, 0.01, -4, 1.75];
    private static readonly double[] Targets = [0.5, 0.9, 2.1, 0.0, 1, 0.25];

    public static TheoryData<string> ValueLosses => ["mse", "mae", "huber", "binary-cross-entropy"];

    private static double Reference(string name, double y, double t) => name switch
    {
        "mse" => (y - t) * (y - t),
        "mae" => Math.Abs(y - t),
        "huber" => Math.Abs(y - t) <= 1 ? 0.5 * (y - t) * (y - t) : Math.Abs(y - t) - 0.5,
        _ => -(t * Math.Log(1 / (1 + Math.Exp(-y))) + (1 - t) * Math.Log(1 - 1 / (1 + Math.Exp(-y)))),
    };

    private static double[] Inputs(string name) =>
        name == "binary-cross-entropy" ? [.. Targets.Select(target => Math.Clamp(target, 0, 1))] : Targets;

    [Theory]
    [MemberData(nameof(ValueLosses))]
    public void Value_is_the_mean_of_the_formula(string name)
    {
        double[] targets = Inputs(name);
        double expected = Outputs.Zip(targets, (y, t) => Reference(name, y, t)).Average();
        Assert.Equal(expected, Value<double>(name, targets, []), 1e-14 * Math.Max(1, expected));
        Assert.Equal(expected, Value<float>(name, targets, []), 2e-6 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(ValueLosses))]
    public void Weights_give_the_weighted_mean(string name)
    {
        double[] targets = Inputs(name);
        double[] weights = [2, 0, 0.5];
        double expected = Enumerable.Range(0, 6).Sum(i => weights[i / 2] * Reference(name, Outputs[i], targets[i])) / (2 * weights.Sum());
        Assert.Equal(expected, Value<double>(name, targets, weights), 1e-14 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(ValueLosses))]
    public void Gradient_is_the_finite_difference(string name)
    {
        double[] targets = Inputs(name);
        CheckGradient((tape, y) => Loss.Parse(name).Of(y, tape.Constant(targets, new Shape(3, 2))), new Shape(3, 2));
        CheckGradient((tape, y) => Loss.Parse(name).Of(y, tape.Constant(targets, new Shape(3, 2)), [1, 0.25, 3]), new Shape(3, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Cross_entropy_is_the_smoothed_negative_log_softmax(double smoothing)
    {
        int[] labels = [2, 0];
        double expected = 0;
        for (int row = 0; row < 2; row++)
        {
            double[] z = Outputs[(3 * row)..(3 * row + 3)];
            double logSum = Math.Log(z.Sum(Math.Exp));
            for (int k = 0; k < 3; k++)
                expected -= ((k == labels[row] ? 1 - smoothing : 0) + smoothing / 3) * (z[k] - logSum) / 2;
        }

        var loss = new CrossEntropy { LabelSmoothing = smoothing };
        var tape = new Tape<double>();
        Assert.Equal(expected, loss.Of(tape.Input(Outputs, new Shape(2, 3)), labels).Item, 1e-14);
        var single = new Tape<float>();
        Assert.Equal(expected, loss.Of(single.Input([.. Outputs.Select(v => (float)v)], new Shape(2, 3)), labels).Item, 2e-6);
        CheckGradient((_, y) => loss.Of(y, [2, 0]), new Shape(2, 3));
        CheckGradient((_, y) => loss.Of(y, [2, 0], [0.5, 2.0]), new Shape(2, 3));
    }

    [Fact]
    public void Extreme_logits_stay_finite()
    {
        var tape = new Tape<float>();
        Var<float> logits = tape.Input([1e30f, -1e30f, 88, -120, 1000, 0], new Shape(3, 2));
        Assert.Equal(0, new CrossEntropy().Of(logits, [0, 0, 0]).Item);
        Var<float> wrong = new CrossEntropy().Of(logits, [0, 1, 1]);
        Assert.Equal((208 + 1000) / 3f, wrong.Item, 1e-4f);
        tape.Backward(wrong);
        Assert.DoesNotContain(logits.Gradient.ToArray(), value => !float.IsFinite(value));
        tape.Reset();
        Var<float> binary = tape.Input([1000, -1000, 40], new Shape(3));
        Assert.Equal(0, new BinaryCrossEntropy().Of(binary, [1, 0, 1]).Item, 1e-15f);
        Assert.Equal(Math.Exp(-36.875) / 3, new BinaryCrossEntropy().Of(new Tape<double>().Input([36.875, 1000, 2000], new Shape(3)), [1, 1, 1]).Item, 1e-30);
    }

    [Fact]
    public void Binary_labels_equal_binary_values()
    {
        var tape = new Tape<double>();
        Var<double> logits = tape.Input(Outputs, new Shape(6, 1));
        double values = new BinaryCrossEntropy().Of(logits, tape.Constant([1, 0, 0, 1, 1, 0], new Shape(6, 1))).Item;
        Assert.Equal(values, new BinaryCrossEntropy().Of(logits, [1, 0, 0, 1, 1, 0]).Item, 1e-15);
        CheckGradient((_, y) => new BinaryCrossEntropy().Of(y, [1, 0, 0, 1, 1, 0]), new Shape(6, 1));
    }

    [Theory]
    [MemberData(nameof(ValueLosses))]
    public void Shapes_are_never_broadcast(string name)
    {
        var tape = new Tape<double>();
        Var<double> output = tape.Input(Outputs, new Shape(6, 1));
        var error = Assert.Throws<ArgumentException>(() => Loss.Parse(name).Of(output, tape.Constant(Inputs(name), new Shape(6))));
        Assert.Contains("[6, 1]", error.Message);
        Assert.Contains("[6]", error.Message);
    }

    [Fact]
    public void Misuse_is_named()
    {
        var tape = new Tape<double>();
        Var<double> logits = tape.Input(Outputs, new Shape(2, 3));
        Assert.Contains("sample 1 is 3", Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropy().Of(logits, [0, 3])).Message);
        Assert.Contains("0..2", Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropy().Of(logits, [-1, 0])).Message);
        Assert.Contains("2 rows", Assert.Throws<ArgumentException>(() => new CrossEntropy().Of(logits, [0, 1, 2])).Message);
        Assert.Contains("weight 1", Assert.Throws<ArgumentException>(() => new CrossEntropy().Of(logits, [0, 1], [1, -1])).Message);
        Assert.Throws<ArgumentException>(() => new CrossEntropy().Of(logits, [0, 1], [0.0, 0.0]));
        Assert.Throws<ArgumentException>(() => new CrossEntropy().Of(logits, [0, 1], [1.0]));
        Assert.Throws<NotSupportedException>(() => new CrossEntropy().Of(logits, logits));
        Assert.Throws<NotSupportedException>(() => new MeanSquaredError().Of(logits, [0, 1]));
        Assert.Throws<ArgumentException>(() => new BinaryCrossEntropy().Of(logits, [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy().Of(tape.Input([0.0], new Shape(1)), [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinaryCrossEntropy().Of(tape.Input([0.0], new Shape(1)), tape.Constant([1.5], new Shape(1))));
        Assert.Throws<ArgumentException>(() => new MeanSquaredError().Of(logits, logits));
        Assert.Throws<ArgumentException>(() => new MeanSquaredError().Of(tape.Input([], new Shape(0, 3)), tape.Constant([], new Shape(0, 3))));
        Assert.Throws<ArgumentException>(() => Loss.Parse("rmse"));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(HuberLoss.Delta), () => new HuberLoss { Delta = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(CrossEntropy.LabelSmoothing), () => new CrossEntropy { LabelSmoothing = 1 });
    }

    [Fact]
    public void Names_round_trip() => Assert.All(Loss.Names, name => Assert.Equal(name, Loss.Parse(name).Name));

    private static T Value<T>(string name, double[] targets, double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tape = new Tape<T>();
        Var<T> output = tape.Input(Cast<T>(Outputs), new Shape(3, 2));
        return Loss.Parse(name).Of(output, tape.Constant(Cast<T>(targets), new Shape(3, 2)), Cast<T>(weights)).Item;
    }

    private static T[] Cast<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, T.CreateTruncating);

    private static void CheckGradient(Func<Tape<double>, Var<double>, Var<double>> loss, Shape shape)
    {
        const double Step = 1e-6;
        var tape = new Tape<double>();
        Var<double> input = tape.Input(Outputs, shape);
        tape.Backward(loss(tape, input), [1.5]);
        for (int index = 0; index < Outputs.Length; index++)
        {
            double[] up = [.. Outputs];
            double[] down = [.. Outputs];
            up[index] += Step;
            down[index] -= Step;
            var other = new Tape<double> { RecordsGradients = false };
            double high = loss(other, other.Constant(up, shape)).Item;
            double low = loss(other, other.Constant(down, shape)).Item;
            Assert.Equal(1.5 * (high - low) / (2 * Step), input.Gradient[index], 1e-8);
        }
    }
}
