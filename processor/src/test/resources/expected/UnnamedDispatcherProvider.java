import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Unnamed} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class UnnamedDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public UnnamedDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Unnamed.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new UnnamedDispatcher(unnamed(instances));
    }

    private static Unnamed unnamed(Instances instances) {
        return instances.shared(Unnamed.class, Unnamed::new);
    }
}
