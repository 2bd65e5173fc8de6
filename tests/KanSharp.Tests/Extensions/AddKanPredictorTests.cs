using KanSharp.Extensions.DependencyInjection;
using KanSharp.Interchange;
using KanSharp.Tests.Cli;
using KanSharp.Training;
using Microsoft.Extensions.DependencyInjection;
using PublicApiGenerator;

namespace KanSharp.Tests.Extensions;

/// <summary>Registration of predictors, and the surface of their package.</summary>
public sealed class AddKanPredictorTests
{
    [Fact]
    public void A_service_is_loaded_once_and_predicts_what_the_model_does()
    {
        using var folder = new CliFolder();
        TabularModel<float> model = PredictorModels.Create<float>(TabularTask.Multiclass, false);
        ModelFile.Save(folder["model.safetensors"], model);
        using ServiceProvider services = new ServiceCollection().AddKanPredictor(folder["model.safetensors"]).BuildServiceProvider();
        File.Delete(folder["model.safetensors"]);
        IKanPredictor predictor = services.GetRequiredService<IKanPredictor>();
        using (IServiceScope scope = services.CreateScope())
            Assert.Same(predictor, scope.ServiceProvider.GetRequiredService<IKanPredictor>());
        double[] rows = PredictorModels.Rows(9), outputs = new double[27];
        predictor.Predict(rows, outputs);
        Assert.Equal(model.Predict(rows), outputs);
        Assert.Equal(["red", "green", "blue"], predictor.Classes);
    }

    [Fact]
    public void Several_models_stand_side_by_side_under_their_names()
    {
        using var folder = new CliFolder();
        ModelFile.Save(folder["a.safetensors"], PredictorModels.Create<float>(TabularTask.Multiclass, false));
        ModelFile.Save(folder["b.safetensors"], PredictorModels.Create<double>(TabularTask.Regression, true));
        using ServiceProvider services = new ServiceCollection()
            .AddKanPredictor("colour", folder["a.safetensors"]).AddKanPredictor("size", folder["b.safetensors"]).BuildServiceProvider();
        Assert.Equal(TabularTask.Multiclass, services.GetRequiredKeyedService<IKanPredictor>("colour").Task);
        Assert.Equal(["y", "z"], services.GetRequiredKeyedService<IKanPredictor>("size").OutputNames);
        Assert.Null(services.GetService<IKanPredictor>());
    }

    [Fact]
    public void A_missing_or_damaged_file_ends_the_start()
    {
        using var folder = new CliFolder();
        var services = new ServiceCollection();
        Assert.Contains(folder["none.safetensors"], Assert.Throws<FileNotFoundException>(() => services.AddKanPredictor(folder["none.safetensors"])).Message);
        folder.Write("text.safetensors", "no model at all, but long enough to have a header");
        Assert.Equal("text.safetensors", Assert.Throws<ModelFileException>(() => services.AddKanPredictor(folder["text.safetensors"])).FileName);
        ModelFile.Save(folder["bare.safetensors"], PredictorModels.Create<float>(TabularTask.Binary, false).Network);
        Assert.Contains("bare network", Assert.Throws<ModelFileException>(() => services.AddKanPredictor("x", folder["bare.safetensors"])).Message);
        TabularModel<float> broken = PredictorModels.Create<float>(TabularTask.Binary, false);
        broken.Network.Parameters().First().Parameter.Value.Span.Fill(float.MaxValue);
        ModelFile.Save(folder["huge.safetensors"], broken);
        Assert.Contains("finite numbers were expected", Assert.Throws<ModelFileException>(() => services.AddKanPredictor(folder["huge.safetensors"])).Message);
        Assert.Empty(services);
    }

    [Fact]
    public void The_package_needs_the_library_and_the_abstractions_alone() => Assert.Equal(
        ["KanSharp", "Microsoft.Extensions.DependencyInjection.Abstractions"],
        typeof(KanPredictor).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Public_surface_is_the_approved_one()
    {
        const string Approved = "tests/KanSharp.Tests/Extensions/ExtensionsApi.approved.txt";
        string received = typeof(KanPredictor).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        string path = Path.Combine(Workplace.Root, Approved);
        if (File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == received)
            return;
        string output = Path.Combine(AppContext.BaseDirectory, "received", "ExtensionsApi.received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllText(output, received);
        Assert.Fail($"The public surface changed. Where the change is wanted, from the repository's root:\n  cp {Path.GetRelativePath(Workplace.Root, output)} {Approved}");
    }
}
