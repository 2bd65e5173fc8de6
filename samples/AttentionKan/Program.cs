// A layer of your own: a KAN whose inputs are weighted by attention that is trained with it. Three of the six inputs carry the signal;
// the attention finds them.
using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var random = new SplitRandom(1);
Tensor<double> inputs = new(new(2000, 6)), targets = new(new(2000, 1));
random.FillUniform(inputs.Span, -1, 1);
for (int n = 0; n < 2000; n++)
    targets[n, 0] = Math.Sin(3 * inputs[n, 0]) + inputs[n, 2] * inputs[n, 4];

var model = new AttentionKan<double>(KanNetwork<double>.Create([6, 6, 1]), new(new Shape(6)));
Console.WriteLine($"parameters: {string.Join(", ", model.Parameters().Select(entry => entry.Path))}");
FitResult<double> result = Trainer.Fit(
    model,
    new TrainingData<double>(inputs, targets),
    new FitOptions { Epochs = 60, Optimizer = new AdamW { LearningRate = 0.01, WeightDecay = 0 }, Schedule = new CosineSchedule() },
    hooks: new() { Penalty = (x, _) => x.Tape.Use(model.Attention).Apply(Activation.Sigmoid).Mean() * 0.1 });
Console.WriteLine($"training RMSE {Math.Sqrt(result.History[^1].TrainingLoss):F4} after {result.Seconds:F1} s");
Console.WriteLine($"attention: {string.Join("  ", model.Attention.Value.Span.ToArray().Select(logit => Activation.Sigmoid.Evaluate(logit).ToString("F2")))}");

/// <summary>kan(x · σ(attention)): one weight between 0 and 1 per input, shared by all samples.</summary>
internal sealed class AttentionKan<T>(KanNetwork<T> kan, Parameter<T> attention) : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Parameter<T> Attention => attention;

    public override IReadOnlyList<Member<T>> Members => [("kan", kan), ("attention", attention)];

    public override Var<T> Forward(Var<T> x) => kan.Forward(x * x.Tape.Use(attention).Apply(Activation.Sigmoid));
}
