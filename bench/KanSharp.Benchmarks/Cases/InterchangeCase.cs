using System.Diagnostics;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Interchange.Onnx;
using KanSharp.Interchange.Source;
using KanSharp.Networks;

namespace KanSharp.Benchmarks.Cases;

/// <summary>Times and sizes of the ways in and out of the library for one large network in single precision.</summary>
internal sealed class InterchangeCase : IBenchmarkCase
{
    public string Name => "interchange";

    public string Usage => "--widths 784,1024,192,10 --checkpoint FILE --sources --samples 5 (bench/peers/efficient_kan_checkpoint.py writes a checkpoint)";

    public IEnumerable<Report> Run(CaseOptions options)
    {
        int[] widths = options.Widths("784,1024,192,10");
        string checkpoint = options.Text("checkpoint", "");
        bool sources = options.Flag("sources");
        int samples = options.Count("samples", 5);
        options.RefuseUnread();
        KanNetwork<float> network = KanNetwork<float>.Create(widths);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kansharp-interchange-");
        try
        {
            string model = At("model.safetensors"), onnx = At("model.onnx");
            yield return Measure("model file, save", model, () => ModelFile.Save(model, network));
            yield return Measure("model file, load", model, () => ModelFile.LoadKan<float>(model));
            yield return Measure("ONNX, export", onnx, () => OnnxExport.Save(onnx, network));
            if (checkpoint.Length > 0)
                yield return Measure("PyTorch, import", checkpoint, () => CheckpointImport.Read<float>(checkpoint));
            foreach ((SourceLanguage language, string file) in sources ? [(SourceLanguage.CSharp, "Model.cs"), (SourceLanguage.C, "model.h"), (SourceLanguage.Python, "model.py")] : Array.Empty<(SourceLanguage, string)>())
                yield return Measure($"{language}, export", At(file), () => SourceExport.Save(At(file), SourceExport.Write(network, language)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string At(string name) => Path.Combine(folder.FullName, name);

        Report Measure(string what, string file, Action action)
        {
            // the first run has the JIT's time in it and is told by itself
            long start = Stopwatch.GetTimestamp();
            action();
            double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Timing timing = Sampler.Measure(action, samples);
            return new Report(Name).Add("what", what).Add("parameters", network.CountParameters()).Add("first_ms", first).AddSummary("repeated", timing)
                .Add("file_bytes", new FileInfo(file).Length).Add("bytes_per_parameter_byte", new FileInfo(file).Length / (4.0 * network.CountParameters()));
        }
    }
}
