using System.Globalization;
using KanSharp.Autodiff;

namespace KanSharp.Tests.Interchange.PyTorch;

/// <summary>State dictionaries as torch.save writes them, made here.</summary>
internal sealed class TorchState
{
    private readonly List<(string Name, int[] Shape, double[] Values)> _tensors = [];

    public TorchState Add(string name, int[] shape, params double[] values)
    {
        _tensors.Add((name, shape, values));
        return this;
    }

    /// <summary>A tensor of numbers between −1 and 1 that its name decides.</summary>
    public TorchState Random(string name, params int[] shape)
    {
        var random = new Random(name.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter)));
        return Add(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => 2 * random.NextDouble() - 1)]);
    }

    /// <summary>A layer of efficient-kan on 3 intervals of [−1, 1], degree 2.</summary>
    public TorchState EfficientKan(string owner, int inputs, int outputs) =>
        Random(owner + "base_weight", outputs, inputs).Random(owner + "spline_weight", outputs, inputs, 5).Random(owner + "spline_scaler", outputs, inputs)
            .Add(owner + "grid", [inputs, 8], [.. Enumerable.Range(0, inputs * 8).Select(index => (index % 8 - 2) * 2 / 3.0 - 1)]);

    public TorchState Norm(string owner, int features, bool batch)
    {
        Random(owner + "weight", features).Random(owner + "bias", features);
        return batch ? Random(owner + "running_mean", features).Add(owner + "running_var", [features], [.. Enumerable.Range(1, features).Select(index => 0.5 + index)]) : this;
    }

    /// <summary>The tensors of a network of KanSharp under other names.</summary>
    public TorchState From(string name, Tensor<double> tensor) => Add(name, tensor.Shape.ToArray(), tensor.Span.ToArray());

    public IEnumerable<(string Name, int[] Shape, double[] Values)> Tensors => _tensors;

    public byte[] ToBytes()
    {
        PickleWriter pickle = new PickleWriter().Op('}').Op('(');
        var storages = new List<(string, byte[])>();
        foreach ((string name, int[] shape, double[] values) in _tensors)
        {
            var strides = new long[shape.Length];
            for (long axis = shape.Length - 1, step = 1; axis >= 0; step *= shape[axis], axis--)
                strides[axis] = step;
            string key = storages.Count.ToString(CultureInfo.InvariantCulture);
            pickle.Text(name).Tensor("DoubleStorage", key, values.Length, 0, [.. shape.Select(size => (long)size)], strides);
            storages.Add(($"data/{key}", TorchZip.Bytes(values)));
        }

        return TorchZip.Make(pickle.Op('u').Stop(), [.. storages]);
    }

    public string Save(string path)
    {
        File.WriteAllBytes(path, ToBytes());
        return path;
    }
}
