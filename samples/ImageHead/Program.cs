// An image classifier without convolutions: the 8×8 digits are cut into patches of 2×2 pixels, one small linear layer is shared by all
// patches, and a KAN head classifies. Ordinary layers and KAN layers train together.
using System.Globalization;
using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string path = args.Length > 0 ? args[0] : Path.Combine("src", "KanSharp.Cli", "Data", "digits.csv.gz");
Table table = Csv.Read(path);
DataSplit<float> split = TableEncoding.Fit(table, ["target"]).Encode<float>(table, out _).Split(validation: 0.1, test: 0.2, seed: 0);
var random = new SplitRandom(0);
var model = new PatchClassifier<float>(
    Linear<float>.Create(4, 4, random.Split("patch")),
    new LayerNorm<float>(64),
    KanLinear<float>.Create(64, 10, new KanLinearOptions(), random.Split("head")));
FitResult<float> result = Trainer.Fit(
    model,
    split,
    new FitOptions { Epochs = 60, Optimizer = new AdamW { LearningRate = 5e-3, WeightDecay = 0.2 }, Schedule = new CosineSchedule() });

var tape = new Tape<float> { RecordsGradients = false };
Dataset<float> test = split.Test!;
Tensor<float> output = model.Forward(tape.Constant(test.Features, new(test.Count, test.Inputs))).ToTensor();
Console.WriteLine($"{model.CountParameters()} parameters, {result.Seconds:F1} s, test accuracy {OutputMetrics.Classification(output, test).Accuracy:P1}");

/// <summary>[N, 64] pixels, rows of 8, to [N, 10] logits.</summary>
internal sealed class PatchClassifier<T>(Linear<T> patch, LayerNorm<T> norm, KanLinear<T> head) : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override IReadOnlyList<Member<T>> Members => [("patch", patch), ("norm", norm), ("head", head)];

    public override Var<T> Forward(Var<T> x)
    {
        int n = x.Shape[0];
        // [N, 4, 2, 4, 2] → [N, 4, 4, 2, 2]: the pixels of a patch side by side
        Var<T> patches = x.Reshape(new Shape(n, 4, 2, 4, 2)).Transpose(2, 3).Reshape(new Shape(n, 16, 4));
        return head.Forward(norm.Forward(patch.Forward(patches).Apply(Activation.SiLU).Reshape(new Shape(n, 64))));
    }
}
