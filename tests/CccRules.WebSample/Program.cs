using CccRules.WebSample;

SampleApplication.Create(args, Path.Combine(AppContext.BaseDirectory, "rules")).Run();
